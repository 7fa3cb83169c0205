/**
 * What is looked at in Explain, as it stands in the address:
 * `sample` a sample's id, or `own`, a picture that only its visitor has · `model` an id · `targets` positions of outputs and `concept:ID` · `methods` names · `contrast` two of the
 * targets · `opacity` 0 to 1 · `samples`, `noise`, `seed`, `space` parameters of the methods that have them.
 */

/** Parameters by their names in the address; `field` as in MethodSpec, `option` of the command line. */
export const parameters = {
  samples: { field: 'sample_count', json: 'sampleCount', option: '--samples', label: 'Samples or steps' },
  noise: { field: 'noise_level', json: 'noiseLevel', option: '--noise-level', label: 'Noise level' },
  seed: { field: 'seed', json: 'seed', option: '--seed', label: 'Seed' },
};

export const usualOpacity = 0.8;

/** Whether a parameter's text can be sent; the server knows its range. */
export const isNumber = text => Boolean(text?.trim()) && Number.isFinite(Number(text));

const list = text => text ? text.split(',').filter(part => part) : [];

export function viewOf(params) {
  const opacity = Number.parseFloat(params.get('opacity') ?? '');
  const contrast = list(params.get('contrast'));
  const methods = list(params.get('methods'));
  return {
    sample: params.get('sample'),
    model: params.get('model'),
    targets: list(params.get('targets')),
    methods: methods.length > 0 ? methods : ['cdam'],
    contrast: contrast.length === 2 ? contrast : null,
    opacity: opacity >= 0 && opacity <= 1 ? opacity : usualOpacity,
    ...Object.fromEntries(Object.keys(parameters).map(name => [name, isNumber(params.get(name)) ? params.get(name) : null])),
  };
}

export function paramsOf(view) {
  const params = new URLSearchParams();
  const write = (name, value) => value && params.set(name, value);
  write('sample', view.sample);
  write('model', view.model);
  write('targets', view.targets.join(','));
  params.set('methods', view.methods.join(','));
  write('contrast', view.contrast?.join(','));
  write('opacity', view.opacity === usualOpacity ? '' : String(view.opacity));
  Object.keys(parameters).forEach(name => write(name, view[name]));
  return params;
}

/** The target of a resolved one: as in the address. */
export const targetOf = resolved => resolved.conceptId ? `concept:${resolved.conceptId}` : String(resolved.outputIndex);

/** The id of a target that is a concept; null for an output. */
export const conceptOf = target => target.startsWith('concept:') ? target.slice('concept:'.length) : null;
