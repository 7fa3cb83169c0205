import { call } from '/js/api.js';
import { h } from '/js/dom.js';
import { isAborted, place, problem } from '/js/problem.js';
import { metrics } from '/benchmarks/metrics.js';

const sets = [['GENERATED_SET_TWO_OBJECTS', 'Scenes of two objects'], ['GENERATED_SET_ONE_OBJECT', 'Scenes of one object'], ['GENERATED_SET_VALIDATION', 'Validation scenes'], ['folder', 'A folder of the evaluator']];
const usual = ['a_mif', 'a_lif', 'a_lif_mif', 'compactness'];

/** A form that starts a session. @param signal Gives that of the tab. @param onStarted Told of the session's name. */
export function startForm(models, methods, signal, onStarted) {
  const model = h('select', { id: 'bench-model' }, models.map(({ name, displayName }) => h('option', { value: name }, displayName || name)));
  const set = h('select', { id: 'bench-set', onchange: () => { path.parentElement.hidden = set.value !== 'folder'; } }, sets.map(([value, title]) => h('option', { value }, title)));
  const path = h('input', { id: 'bench-path', placeholder: 'root/folder' });
  const limit = h('input', { id: 'bench-limit', type: 'number', min: 1, max: 100000, value: 10 });
  const chosenMethods = checks('Methods', methods.map(({ name, displayName }) => [name, displayName]), ['cdam', 'attention']);
  const chosenMetrics = checks('Metrics', [...metrics], usual);
  const faults = { 'settings.model': h('div'), 'settings.source': h('div'), 'settings.methods': h('div'), 'settings.metrics': h('div'), other: h('div') };
  const submit = h('button', { class: 'primary' }, 'Start');
  return h('form', { class: 'card', 'aria-label': 'New session', onsubmit: start }, h('h2', null, 'New session'),
    h('label', { for: 'bench-model' }, 'Model'), model, faults['settings.model'],
    h('label', { for: 'bench-set' }, 'Images'), set, h('div', { hidden: true }, h('label', { for: 'bench-path' }, 'Path below a root of the evaluator'), path),
    h('label', { for: 'bench-limit' }, 'How many'), limit, faults['settings.source'],
    chosenMethods.element, faults['settings.methods'], chosenMetrics.element, faults['settings.metrics'], faults.other, submit);

  async function start(event) {
    event.preventDefault();
    Object.values(faults).forEach(fault => fault.replaceChildren());
    if (!isWhole()) {
      return;
    }

    submit.disabled = true;
    try {
      const settings = settingsOf(model.value, set.value, path.value.trim(), Number(limit.value), chosenMethods.values(), chosenMetrics.values());
      const { benchmark } = await call('/v1/benchmarks', { json: { settings }, signal: signal() });
      onStarted(benchmark.name);
    } catch (error) {
      isAborted(error) || place(error, faults, faults.other);
    } finally {
      submit.disabled = false;
    }
  }

  // The server takes none for its usual ones, which is not what an empty form says.
  function isWhole() {
    const missing = Object.entries({ methods: chosenMethods, metrics: chosenMetrics }).filter(([, choice]) => choice.values().length === 0);
    missing.forEach(([name]) => faults[`settings.${name}`].append(problem(new Error(`Choose at least one of the ${name}.`))));
    return missing.length === 0;
  }
}

// Scenes have labels, and metrics with a delta compare the right class with the wrong one; files may have no label.
function settingsOf(model, set, path, count, methods, metrics) {
  const isFolder = set === 'folder';
  const isBoxed = metrics.some(metric => metric.includes('box'));
  return {
    model, methods: methods.map(name => ({ name })), metrics,
    source: isFolder ? { folder: { path } } : { scenes: { set, count } },
    labelUse: metrics.some(metric => metric.includes('delta')) ? 'LABEL_USE_PAIR' : isFolder ? 'LABEL_USE_UNSPECIFIED' : 'LABEL_USE_TARGET',
    ...(isFolder && { imageLimit: count }),
    ...(isBoxed && { boxes: {} }),
  };
}

function checks(title, choices, chosen) {
  const boxes = choices.map(([value, label]) => ({ value, label, box: h('input', { type: 'checkbox', value, checked: chosen.includes(value) }) }));
  return {
    element: h('fieldset', null, h('legend', null, title), h('div', { class: 'checks' }, boxes.map(({ label, box }) => h('label', { class: 'line' }, box, label)))),
    values: () => boxes.filter(({ box }) => box.checked).map(({ value }) => value),
  };
}
