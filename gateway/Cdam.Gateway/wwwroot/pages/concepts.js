import { call } from '/js/api.js';
import { h } from '/js/dom.js';
import { isAborted, report } from '/js/problem.js';
import { tableOf } from '/status/table.js';
import { Creation } from '/concepts/creation.js';
import { detail } from '/concepts/detail.js';

/** Concepts that users make of their own images. Parameter: `concept`, the id of the one that is shown. */

let page = null;

// Images that concepts were made of in this visit, by the concepts' uids, and the form as it was left.
const files = new Map();
let creation = null;

export async function mount(element, state) {
  page = new ConceptsPage(state);
  await page.start(element);
}

export function unmount() {
  creation?.control?.abort();
  page = null;
}

class ConceptsPage {
  constructor({ params, keep, signal }) {
    Object.assign(this, { params, keep, signal, list: h('div'), shown: h('div') });
  }

  async start(element) {
    const { models } = await call('/v1/models?pageSize=1000', { signal: this.signal });
    creation ??= new Creation();
    creation.open(models.filter(model => !model.volumeInput), this.signal, (concept, images) => this.made(concept, images));
    element.append(h('h1', null, 'Concepts'), h('p', { class: 'soft' }, 'A concept is the mean latent of some images. What is like it in a picture can be explained as a class can.'),
      h('div', { class: 'columns' }, creation.element, h('div', null, h('section', { class: 'card' }, h('h2', null, 'Kept here'), this.list), this.shown)));
    await this.refresh();
    if (this.params.has('concept')) {
      await this.open(`concepts/${this.params.get('concept')}`);
    }
  }

  async made(concept, images) {
    files.set(concept.uid, images);
    await this.refresh();
    await this.open(concept.name);
  }

  async refresh() {
    try {
      const { concepts } = await call('/v1/concepts?pageSize=1000', { signal: this.signal });
      this.list.replaceChildren(concepts.length > 0 ? tableOf('Concepts', this.columns(), concepts) : h('p', { class: 'soft' }, 'None yet.'));
    } catch (error) {
      this.fail(this.list, error);
    }
  }

  columns() {
    return [
      { title: 'Concept', cell: concept => h('button', { type: 'button', onclick: () => this.open(concept.name) }, concept.displayName) },
      { title: 'Model', cell: concept => concept.model.replace('models/', '') },
      { title: 'Images', number: true, cell: concept => String(concept.imageCount) },
      { title: 'Self-similarity', number: true, cell: concept => concept.selfSimilarity.mean.toFixed(3) },
      { title: 'Least', number: true, cell: concept => concept.selfSimilarity.min.toFixed(3) },
    ];
  }

  async open(name) {
    this.address(name);
    this.shown.replaceChildren(h('p', { class: 'busy', role: 'status' }, 'Fetching'));
    try {
      const { concept } = await call(`/v1/${encodeURI(name)}`, { signal: this.signal });
      this.shown.replaceChildren(detail(concept, files.get(concept.uid), this.signal, () => this.deleted()));
    } catch (error) {
      this.fail(this.shown, error);
    }
  }

  async deleted() {
    this.address(null);
    this.shown.replaceChildren(h('p', { role: 'status' }, 'Deleted.'));
    await this.refresh();
  }

  address(name) {
    name ? this.params.set('concept', name.replace('concepts/', '')) : this.params.delete('concept');
    this.keep(this.params);
  }

  fail(element, error) {
    if (!isAborted(error)) {
      element.replaceChildren(report(error));
    }
  }
}
