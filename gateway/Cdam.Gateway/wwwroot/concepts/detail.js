import { call } from '/js/api.js';
import { h } from '/js/dom.js';
import { report } from '/js/problem.js';
import { Explanation } from '/concepts/explanation.js';
import { samplesOf } from '/concepts/samples-of.js';

/** One concept: how alike its samples are, what it explains, and a way to delete it. */
export function detail(concept, files, signal, onDeleted) {
  const { selfSimilarity: alike } = concept;
  const facts = [
    ['Model', concept.model.replace('models/', '')],
    ['Images', String(concept.imageCount)],
    ['Self-similarity', `mean ${alike.mean.toFixed(3)}, least ${alike.min.toFixed(3)}`],
    ['Made', new Date(concept.createTime).toLocaleString()],
    ['Vector', `${concept.vector.length} values, length ${Math.hypot(...concept.vector).toFixed(2)}`],
  ];
  return h('section', { class: 'card', 'aria-labelledby': 'concept-title' }, h('h2', { id: 'concept-title' }, concept.displayName),
    h('dl', { class: 'facts' }, facts.map(([term, text]) => [h('dt', null, term), h('dd', null, text)]).flat()),
    h('p', { class: 'soft' }, 'Cosine of each image with the mean: one far below the others may show something else.'),
    h('div', { class: 'ends' }, samplesOf('Nearest', alike.nearest, concept, files), samplesOf('Farthest', alike.farthest, concept, files)),
    new Explanation(concept, signal).element,
    deletion(concept, onDeleted));
}

function deletion(concept, onDeleted) {
  const faults = h('div');
  const dialog = h('dialog', { 'aria-labelledby': 'delete-title', onclose: async () => {
    if (dialog.returnValue !== 'delete') {
      return;
    }

    try {
      await call(`/v1/${concept.name}`, { method: 'DELETE' });
      onDeleted();
    } catch (error) {
      faults.replaceChildren(report(error));
    }
  } }, h('form', { method: 'dialog' }, h('h2', { id: 'delete-title' }, `Delete ${concept.displayName}?`),
    h('p', null, 'Its vector is gone then, and nobody can explain with it any more.'),
    h('div', { class: 'row' }, h('button', { value: 'delete' }, 'Delete it'), h('button', { value: 'keep', class: 'primary', autofocus: true }, 'Keep it'))));
  return h('div', { class: 'deletion' }, h('button', { type: 'button', onclick: () => dialog.showModal() }, 'Delete…'), dialog, faults);
}
