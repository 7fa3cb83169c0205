import { call } from '/js/api.js';
import { h } from '/js/dom.js';
import { isAborted, place, problem } from '/js/problem.js';
import { ask } from '/explain/ask.js';
import { classes } from '/explain/classes.js';
import { methods } from '/explain/methods.js';
import { picker } from '/explain/picker.js';
import { result } from '/explain/result.js';
import { ownSample, samples } from '/explain/samples.js';
import { paramsOf, viewOf } from '/explain/view.js';

/** Explains a picture: whatever is changed is explained anew at once, and calls off what was under way. */

let page = null;

// A person's own picture, `{ file, name, sample: 'own' }`: it is there again when the tab is opened again.
let own = null;

export async function mount(element, state) {
  page = new ExplainPage(element, state);
  await page.start();
}

export function unmount() {
  page?.work?.abort();
  page = null;
}

class ExplainPage {
  constructor(element, { params, keep, signal }) {
    Object.assign(this, { keep, signal, view: viewOf(params), picture: null, answer: null, work: null });
    this.parts = { model: h('div', { class: 'card' }), classes: h('div'), methods: h('div'), status: h('div', { role: 'status', class: 'row' }), result: h('div') };
    this.faults = { model: h('div'), targets: h('div'), methods: h('div') };
    this.picker = picker(this.view.sample, picture => this.take(picture));
    element.append(h('h1', null, 'Explain'), h('p', { class: 'soft' }, 'What a model bases its answer on.'),
      h('div', { class: 'columns' },
        h('div', { class: 'settings' }, this.picker.element, h('section', { class: 'card', 'aria-label': 'Settings' },
          this.parts.model, this.faults.model, this.parts.classes, this.faults.targets, this.parts.methods, this.faults.methods)),
        h('section', { 'aria-label': 'Maps' }, this.parts.status, this.parts.result)));
  }

  async start() {
    const [models, known, { grpcPort }] = await Promise.all(['/v1/models?pageSize=1000', '/v1/methods', '/page.json'].map(path => call(path, { signal: this.signal })));
    this.grpcPort = grpcPort;
    // Models of CT volumes have a tab of their own.
    this.models = models.models.filter(model => !model.volumeInput);
    this.known = known.methods;
    if (this.models.length === 0) {
      this.parts.status.replaceChildren(problem(new Error('No model that takes pictures is served here. Status lists those that there are.')));
      return;
    }

    this.showModels();
    this.showMethods();
    if (this.view.sample === ownSample) {
      await (own ? this.change({}, own) : this.miss());
      return;
    }

    const sample = samples.find(candidate => candidate.id === this.view.sample) ?? samples[0];
    await this.change({ sample: sample.id }, await this.picker.fetch(sample));
  }

  /** Explains a picture that somebody chose: for its likeliest classes, unless the address had named some before there was one. */
  take(picture) {
    own = picture.sample === ownSample ? picture : own;
    return this.change({ sample: picture.sample, ...this.picture && { targets: [], contrast: null } }, picture);
  }

  miss() {
    this.picker.problems.replaceChildren(problem(new Error('This address is of a picture that only its visitor has. Choose it again, or take another.')));
  }

  get model() {
    return this.models.find(model => model.name === `models/${this.view.model}`);
  }

  /** Changes the view and explains it, as soon as there is a picture. */
  async change(changes, picture = this.picture) {
    this.picture = picture;
    this.keepView(changes);
    if (!picture) {
      return;
    }

    this.work?.abort();
    this.work = new AbortController();
    const { signal } = this.work;
    this.clearFaults();
    this.parts.status.replaceChildren(h('span', { class: 'busy' }, 'Explaining'), h('button', { type: 'button', onclick: () => this.work.abort() }, 'Cancel'));
    this.parts.result.setAttribute('aria-busy', 'true');
    try {
      this.answer = await ask(this.view, this.model ?? { name: `models/${this.view.model}`, outputs: [] }, this.known, picture.file, signal);
      this.show();
    } catch (error) {
      this.fail(error, signal);
    }
  }

  keepView(changes) {
    this.view = { ...this.view, ...changes };
    this.keep(paramsOf(this.view));
  }

  show() {
    this.parts.status.replaceChildren(h('span', { class: 'hidden' }, 'Explained'));
    this.parts.result.removeAttribute('aria-busy');
    this.keepFocus(() => this.parts.classes.replaceChildren(
      classes(this.model, this.answer, targets => this.change({ targets, contrast: this.view.contrast?.every(target => targets.includes(target)) ? this.view.contrast : null }))));
    this.showResult();
  }

  showResult() {
    this.keepFocus(() => this.parts.result.replaceChildren(result(this.answer, this.view, this.model, this.known, { file: this.picture.name, grpcPort: this.grpcPort }, changes => {
      this.keepView(changes);
      if ('contrast' in changes) {
        this.showResult();
      }
    })));
  }

  fail(error, signal) {
    if (signal !== this.work.signal) {
      // Something newer is under way.
      return;
    }

    this.parts.result.removeAttribute('aria-busy');
    if (!isAborted(error)) {
      this.clear();
      place(error, { image: this.picker.problems, ...this.faults }, this.parts.result);
    }

    // Where no classes are listed, nobody could choose others.
    const isStuck = this.faults.targets.hasChildNodes() && !this.parts.classes.hasChildNodes();
    const again = h('button', { type: 'button', onclick: () => this.change(isStuck ? { targets: [], contrast: null } : {}) }, isStuck ? 'Explain the likeliest' : 'Try again');
    this.parts.status.replaceChildren(h('span', null, isAborted(error) ? 'Cancelled' : 'This could not be explained.'), again);
  }

  // What is of another picture must not stand beside the fault of this one.
  clear() {
    this.parts.result.replaceChildren();
    if (this.answer?.file !== this.picture.file) {
      this.parts.classes.replaceChildren();
    }
  }

  showModels() {
    this.view.model ??= (this.models.find(model => model.kind === 'MODEL_KIND_CLASS') ?? this.models[0]).name.replace('models/', '');
    const select = h('select', { id: 'model', onchange: () => this.change({ model: select.value, targets: [], contrast: null }) },
      this.models.map(model => h('option', { value: model.name.replace('models/', '') }, `${model.displayName}${model.randomWeights ? ' (random weights)' : ''}`)));
    select.value = this.view.model;
    this.parts.model.replaceWith(this.parts.model = h('p', null, h('label', { for: 'model' }, 'Model '), select));
  }

  showMethods() {
    this.keepFocus(() => this.parts.methods.replaceChildren(methods(this.known, this.view, changes => {
      this.change(changes);
      this.showMethods();
    })));
  }

  clearFaults() {
    [this.picker.problems, ...Object.values(this.faults)].forEach(element => element.replaceChildren());
  }

  /** Draws anew without taking the keyboard from where it is. */
  keepFocus(draw) {
    const { id, value, type } = document.activeElement ?? {};
    draw();
    if (document.activeElement === document.body) {
      const same = id ? document.getElementById(id) : type === 'checkbox' ? document.querySelector(`input[type=checkbox][value="${CSS.escape(value)}"]`) : null;
      same?.focus();
    }
  }
}
