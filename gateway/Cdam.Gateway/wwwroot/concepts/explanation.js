import { call } from '/js/api.js';
import { h } from '/js/dom.js';
import { drawMap } from '/js/heatmap.js';
import { addressOf } from '/js/router.js';
import { isAborted, report } from '/js/problem.js';
import { imageDataOf } from '/js/wire.js';

/** Explains images with a concept: where a picture is like it, and where unlike. */
export class Explanation {
  constructor(concept, signal) {
    Object.assign(this, { concept, signal, control: null, shown: null });
    const input = h('input', { type: 'file', id: 'explained-file', accept: 'image/*', onchange: () => input.files[0] && this.explain(input.files[0]) });
    this.opacity = h('input', { type: 'range', id: 'concept-opacity', min: 0, max: 1, step: 0.05, value: 0.7, oninput: () => this.paint() });
    this.result = h('div');
    const view = new URLSearchParams({ model: concept.model.replace('models/', ''), targets: `concept:${concept.name.replace('concepts/', '')}` });
    this.element = h('div', null, h('h3', null, 'Explain an image with it'), h('label', { for: 'explained-file' }, 'Image'), h('div', { class: 'row' }, input),
      h('p', null, h('a', { href: addressOf('explain', view) }, 'In Explain'), ', with other methods and beside classes'), this.result);
  }

  async explain(file) {
    this.control?.abort();
    const control = this.control = new AbortController();
    this.result.replaceChildren(h('p', { class: 'row' }, h('span', { class: 'busy', role: 'status' }, `Explaining ${file.name}`),
      h('button', { type: 'button', onclick: () => control.abort() }, 'Cancel')));
    const query = new URLSearchParams({ 'targets.conceptId': this.concept.name.replace('concepts/', ''), 'methods.name': 'cdam', 'mapOptions.includePreparedImage': true });
    try {
      const answer = await call(`/v1/${this.concept.model}:explain?${query}`, {
        method: 'POST', body: file, headers: { 'content-type': 'application/octet-stream' }, signal: AbortSignal.any([control.signal, this.signal]),
      });
      this.show(answer.maps[0], imageDataOf(answer.preparedImage.picture));
    } catch (error) {
      if (control === this.control) {
        this.result.replaceChildren(isAborted(error) ? h('p', { class: 'soft' }, 'Cancelled.') : report(error));
      }
    }
  }

  show(map, picture) {
    const value = map.target.value.toPrecision(4);
    const canvas = h('canvas', { role: 'img', 'aria-label': `CDAM for ${this.concept.displayName}` });
    this.shown = { map, picture, canvas };
    this.result.replaceChildren(h('figure', null, canvas, h('figcaption', null, `Similarity ${value}. Orange is like it, blue unlike.`)),
      h('div', { class: 'row' }, h('label', { for: 'concept-opacity' }, 'Opacity'), this.opacity));
    this.paint();
  }

  paint() {
    drawMap(this.shown.canvas, this.shown.map, this.shown.picture, Number(this.opacity.value));
  }
}
