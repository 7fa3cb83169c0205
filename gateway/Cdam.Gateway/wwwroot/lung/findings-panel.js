import { download } from '/js/download.js';
import { h } from '/js/dom.js';
import { isAborted, report } from '/js/problem.js';
import { explainPlace } from '/lung/explaining.js';
import { findingCard } from '/lung/finding-card.js';
import { findingOf } from '/lung/findings.js';

/** What the models find at a place. A new place calls the work at the last one off. */
export class FindingsPanel {
  constructor(models, methods, method, { signal, onMethod }) {
    Object.assign(this, { models, signal, cards: [], control: null, asked: null });
    this.method = h('select', { id: 'lung-method', onchange: () => {
      onMethod(this.method.value);
      this.again();
    } }, methods.map(({ name, displayName }) => h('option', { value: name }, displayName)));
    this.method.value = methods.some(({ name }) => name === method) ? method : methods[0].name;
    this.opacity = h('input', { type: 'range', id: 'lung-opacity', min: 0, max: 1, step: 0.05, value: 0.6, oninput: () => this.paint() });
    this.body = h('div', { class: 'findings' });
    this.title = h('h2', { 'aria-live': 'polite' }, 'Findings');
    this.save = h('button', { type: 'button', disabled: true, onclick: () => this.download() }, 'Download raw scores');
    this.hint = h('p', { class: 'soft' }, 'Pick a nodule, or any place in the scan.');
    this.element = h('section', { class: 'card' }, this.title, h('div', { class: 'row' }, h('label', { for: 'lung-method' }, 'Method'), this.method,
      h('label', { for: 'lung-opacity' }, 'Opacity'), this.opacity, this.save), this.hint, this.body);
  }

  /** @param place In voxels. @param nodule Of a sample, or undefined. */
  async explain(volume, place, nodule) {
    this.asked = { volume, place, nodule };
    this.control?.abort();
    const control = this.control = new AbortController();
    const signal = AbortSignal.any([control.signal, this.signal]);
    this.title.textContent = nodule ? `Findings at nodule ${nodule.number}` : `Findings at ${['x', 'y', 'z'].map(axis => Math.round(place[axis])).join(', ')}`;
    this.hint.replaceChildren(nodule ? 'Disc: the model. Ring: the mean of its readers.' : 'No readings are known of this place: models answer all the same, as if it were a nodule.');
    this.save.disabled = true;
    this.cards = [];
    const places = this.models.map(model => this.waiting(model, control));
    this.body.replaceChildren(...places);
    this.answers = {};
    const neighbourhood = volume.neighbourhood(place);
    await Promise.all(this.models.map((model, index) => this.fill(places[index], model, neighbourhood, nodule, signal)));
    this.save.disabled = Object.keys(this.answers).length === 0;
  }

  /** Forgets the last place. */
  clear() {
    this.stop();
    this.asked = null;
    this.cards = [];
    this.save.disabled = true;
    this.title.textContent = 'Findings';
    this.hint.textContent = 'Pick a nodule, or any place in the scan.';
    this.body.replaceChildren();
  }

  /** Calls the work off. */
  stop() {
    this.control?.abort();
  }

  waiting(model, control) {
    return h('div', { class: 'of-model' }, h('p', { class: 'row' }, h('span', { class: 'busy', role: 'status' }, `Asking ${model.displayName}`),
      h('button', { type: 'button', onclick: () => control.abort() }, 'Cancel')));
  }

  async fill(element, model, neighbourhood, nodule, signal) {
    try {
      const { outputs, pictures, answer } = await explainPlace(model, neighbourhood, this.method.value, signal);
      const cards = outputs.map(output => findingCard(findingOf(model, output.output, nodule), output, pictures));
      this.answers[model.name] = answer;
      this.cards.push(...cards);
      element.replaceChildren(...cards.map(card => card.element));
      this.paint();
    } catch (error) {
      element.replaceChildren(isAborted(error) ? h('p', { class: 'soft' }, `${model.displayName}: cancelled.`) : report(error));
    }
  }

  again() {
    if (this.asked) {
      this.explain(this.asked.volume, this.asked.place, this.asked.nodule);
    }
  }

  paint() {
    this.cards.forEach(card => card.paint(Number(this.opacity.value)));
  }

  download() {
    const scores = Object.entries(this.answers).map(([model, { logits, maps }]) => ({ model, logits, maps }));
    download('lung-findings.json', new Blob([JSON.stringify(scores, null, 2)], { type: 'application/json' }));
  }
}
