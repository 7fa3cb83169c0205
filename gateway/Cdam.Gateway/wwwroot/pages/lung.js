import { call } from '/js/api.js';
import { h } from '/js/dom.js';
import { isAborted, problem, report } from '/js/problem.js';
import { lungModels } from '/lung/explaining.js';
import { FindingsPanel } from '/lung/findings-panel.js';
import { openSample, sampleList, uploadField } from '/lung/scans.js';
import { Viewer } from '/lung/viewer.js';

/** A CT scan to scroll through, and what models find in it. Parameters: `patient`, `at` (voxel x,y,z), `plane`, `method`. */

let panel = null;

// A person's own scan, `{ name, scan }`: it is there again when the tab is opened again.
let own = null;

export async function mount(element, { params, keep, signal }) {
  const kept = (name, value) => {
    value === null ? params.delete(name) : params.set(name, value);
    keep(params);
  };
  const [models, { methods }, patients] = await Promise.all([lungModels(signal), call('/v1/methods', { signal }), sampleList(signal)]);
  const screen = h('section', { class: 'card scan' });
  panel = new FindingsPanel(models, methods, params.get('method') ?? 'cdam', { signal, onMethod: method => kept('method', method) });
  const open = new Scan(screen, panel, params, kept, signal);
  element.append(h('h1', null, 'Lung CT'),
    h('p', { class: 'soft' }, 'Phantoms are made-up scans with made-up readings; nothing here is fit for diagnosis.'),
    models.length > 0 ? '' : problem(new Error('No model behind this gateway reads CT volumes. `cdam serve` brings two with it.')),
    h('section', { class: 'card sources' }, patientChoice(patients, params, open), uploadField((name, scan) => open.file(name, scan))),
    h('div', { class: 'side-by-side' }, screen, panel.element));
  if (own && !params.has('patient') && !params.has('at')) {
    open.file(own.name, own.scan);
    return;
  }

  await open.sample(patients.find(patient => patient.patient === params.get('patient')) ?? patients[0]);
}

export function unmount() {
  panel?.stop();
}

function patientChoice(patients, params, open) {
  const wanted = params.get('patient') ?? patients[0].patient;
  return h('fieldset', null, h('legend', null, 'Phantom patient'), h('div', { class: 'row' }, patients.map(patient => h('label', { class: 'line' },
    h('input', { type: 'radio', name: 'patient', value: patient.patient, checked: patient.patient === wanted, onchange: () => open.another(patient) }),
    `${patient.patient}, ${patient.nodules.length} nodules`))));
}

/** The opened scan. */
class Scan {
  constructor(screen, findings, params, kept, signal) {
    Object.assign(this, { screen, findings, params, kept, signal, window: undefined });
  }

  another(patient) {
    this.kept('at', null);
    this.kept('patient', patient.patient);
    this.findings.clear();
    return this.sample(patient);
  }

  file(name, scan) {
    for (const parameter of ['patient', 'at']) {
      this.kept(parameter, null);
    }

    const chosen = document.querySelector('input[name=patient]:checked');
    if (chosen) {
      chosen.checked = false;
    }

    // Nobody else has the file: its places are not worth sharing.
    own = { name, scan };
    this.isSample = false;
    this.findings.clear();
    this.show(name, scan);
  }

  async sample(patient) {
    this.isSample = true;
    own = null;
    this.screen.replaceChildren(h('p', { class: 'busy', role: 'status' }, `Fetching ${patient.patient}`));
    try {
      this.show(patient.patient, await openSample(patient, this.signal));
    } catch (error) {
      if (!isAborted(error)) {
        this.screen.replaceChildren(report(error));
      }
    }
  }

  show(title, { volume, nodules }) {
    const viewer = new Viewer(volume, nodules, { plane: this.params.get('plane'), window: this.window }, {
      onPick: picked => this.pick(viewer, volume, picked),
      onChange: view => {
        this.window = view.window;
        this.kept('plane', view.plane === 'axial' ? null : view.plane);
      },
    });
    const buttons = nodules.map(nodule => h('button', { type: 'button', onclick: () => this.pick(viewer, volume, { place: nodule.place, nodule }) },
      `Nodule ${nodule.number}, ${nodule.biomarkers.diameter.toFixed(0)} mm`));
    this.screen.replaceChildren(h('h2', null, title), nodules.length > 0 ? h('div', { class: 'row nodules' }, buttons) : '', viewer.element);
    this.returnTo(viewer, volume, nodules);
  }

  // The place of a shared address.
  returnTo(viewer, volume, nodules) {
    const at = (this.params.get('at') ?? '').split(',').map(Number);
    const place = { x: at[0], y: at[1], z: at[2] };
    if (at.length === 3 && at.every(Number.isFinite) && volume.contains(place)) {
      this.pick(viewer, volume, { place, nodule: nodules.find(nodule => ['x', 'y', 'z'].every(axis => Math.abs(nodule.place[axis] - place[axis]) < 0.01)) });
    }
  }

  pick(viewer, volume, { place, nodule }) {
    const at = nodule?.place ?? place;
    viewer.goTo(at);
    if (this.isSample) {
      this.kept('at', [at.x, at.y, at.z].map(value => Number(value.toFixed(2))).join(','));
    }

    this.findings.explain(volume, at, nodule);
  }
}
