import { call } from '/js/api.js';
import { h } from '/js/dom.js';
import { isAborted, place, problem } from '/js/problem.js';
import { base64Of } from '/js/wire.js';
import { ImageFiles } from '/concepts/image-files.js';

const similarities = [
  ['SIMILARITY_DOT_PRODUCT', 'dot product'],
  ['SIMILARITY_COSINE', 'cosine'],
  ['SIMILARITY_NEGATIVE_L2', 'negative distance'],
];

/** A form that makes a concept of images. It outlives its tab: nobody gathers thirty images twice. */
export class Creation {
  constructor() {
    Object.assign(this, { signal: null, onMade: null, control: null });
    this.images = new ImageFiles();
    this.id = h('input', { id: 'concept-id', autocomplete: 'off', spellcheck: 'false', 'aria-describedby': 'concept-id-rule' });
    this.model = h('select', { id: 'concept-model' });
    this.similarity = h('select', { id: 'concept-similarity' }, similarities.map(([value, title]) => h('option', { value }, title)));
    this.faults = { id: h('div'), model: h('div'), other: h('div') };
    this.submit = h('button', { class: 'primary' }, 'Make the concept');
    this.status = h('div', { class: 'row', role: 'status' });
    this.element = h('form', { class: 'card', 'aria-label': 'New concept', onsubmit: event => {
      event.preventDefault();
      this.make();
    } }, h('h2', null, 'New concept'),
    h('label', { for: 'concept-id' }, 'Name'), this.id, h('p', { class: 'soft', id: 'concept-id-rule' }, 'Lower-case letters, digits, - . _'), this.faults.id,
    h('label', { for: 'concept-model' }, 'Model'), this.model, this.faults.model,
    h('label', { for: 'concept-similarity' }, 'Compared by'), this.similarity,
    this.images.element, this.faults.other, h('div', { class: 'row' }, this.submit, this.status));
  }

  /**
   * Takes up its tab.
   * @param signal Of the tab. @param onMade Told of the StoredConcept and its files.
   */
  open(models, signal, onMade) {
    Object.assign(this, { signal, onMade });
    const chosen = this.model.value;
    this.model.replaceChildren(...models.map(model => h('option', { value: model.name }, model.displayName || model.name)));
    this.model.value = models.some(model => model.name === chosen) ? chosen : models[0]?.name;
  }

  async make() {
    this.clearFaults();
    const { files } = this.images;
    this.control = new AbortController();
    this.submit.disabled = true;
    this.status.replaceChildren(h('span', { class: 'busy' }, `Reading ${files.length} images`), h('button', { type: 'button', onclick: () => this.control.abort() }, 'Cancel'));
    try {
      const signal = AbortSignal.any([this.control.signal, this.signal]);
      const { concept } = await call('/v1/concepts', { json: await this.request(files), signal });
      this.images.clear();
      this.id.value = '';
      this.status.textContent = `${concept.displayName} is made.`;
      this.onMade(concept, files);
    } catch (error) {
      this.fail(error);
    } finally {
      this.submit.disabled = false;
    }
  }

  async request(files) {
    const setup = { conceptId: this.id.value.trim(), model: this.model.value, similarity: this.similarity.value };
    const images = await Promise.all(files.map(async file => ({ encoded: base64Of(new Uint8Array(await file.arrayBuffer())) })));
    return { setup, images };
  }

  // Each violation goes to the image or the field that it is of.
  fail(error) {
    this.status.replaceChildren(isAborted(error) ? 'Cancelled; nothing was kept.' : '');
    if (isAborted(error)) {
      return;
    }

    const violations = error.violations ?? [];
    const rest = violations.filter(({ field, description }) => {
      const position = /^images\[(\d+)\]/.exec(field);
      return !position || !this.images.fault(Number(position[1]), new Error(description));
    });
    if (violations.length > rest.length) {
      this.faults.other.append(problem(new Error(`${violations.length - rest.length} of the images cannot be used; each says why.`)));
    }

    if (rest.length > 0 || violations.length === 0) {
      place({ message: error.message, violations: rest }, { 'setup.concept_id': this.faults.id, 'setup.conceptId': this.faults.id, 'setup.model': this.faults.model }, this.faults.other);
    }
  }

  clearFaults() {
    Object.values(this.faults).forEach(element => element.replaceChildren());
    this.images.clearFaults();
  }
}
