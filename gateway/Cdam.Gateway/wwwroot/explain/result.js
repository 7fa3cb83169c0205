import { h } from '/js/dom.js';
import { contrastOf } from './contrast.js';
import { contrastChoice } from './contrast-choice.js';
import { exports } from './exports.js';
import { figures } from './figures.js';
import { reading } from './reading.js';
import { recipes } from './recipes.js';
import { targetOf } from './view.js';

/**
 * Shows an answer: maps, a token's scores, downloads, recipes.
 * @param file The picture's name. @param grpcPort The gateway's.
 * @param changed Gets what of the view changes; nothing of it needs the server.
 */
export function result(answer, view, model, known, { file, grpcPort }, changed) {
  const methods = new Map(known.map(method => [method.name, method]));
  const maps = view.contrast ? [...answer.maps, ...contrastOf(answer.maps, view.contrast)] : answer.maps;
  const read = h('div', { class: 'reading card' });
  const shown = figures(answer, maps, methods, place => read.replaceChildren(reading(answer, maps, methods, place, () => shown.leave())));
  read.append(reading(answer, maps, methods, null));
  shown.draw(view.opacity);
  return h('div', null,
    h('div', { class: 'row controls' }, opacity(view, value => {
      shown.draw(value);
      changed({ opacity: value });
    }), contrastChoice(targetsOf(answer), view.contrast, pair => changed({ contrast: pair.contrast?.map(({ target }) => target) ?? null }))),
    h('p', { class: 'soft' }, h('span', { class: 'for' }, 'Orange'), ' speaks for the class, ', h('span', { class: 'against' }, 'cyan-blue'),
      ' against it', view.contrast && ', in a contrast for the first and for the second', '; each map is drawn by its own largest score.'),
    shown.element,
    read,
    exports(maps, shown.canvasOf, file),
    h('p', { class: 'soft' }, timesOf(answer.timings)),
    recipes({ ...view, targets: answer.targets }, model, known, file, grpcPort));
}

function opacity(view, changed) {
  let waiting = 0;
  const input = h('input', { type: 'range', id: 'opacity', min: 0, max: 1, step: 0.05, oninput: () => {
    // At most once a frame, however fast it is moved.
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => changed(input.valueAsNumber));
  } });
  input.value = view.opacity;
  return h('p', null, h('label', { for: 'opacity' }, 'Opacity '), input);
}

/** Those that maps tell apart, with their names. */
function targetsOf(answer) {
  const named = new Map(answer.maps.filter(map => map.target).map(map => [targetOf(map.target), map.target.displayName]));
  return [...named].map(([target, name]) => ({ target, name }));
}

function timesOf({ queueMs, preprocessMs, computeMs, batchSize }) {
  return `Waited ${queueMs.toFixed(1)} ms for the device, prepared in ${preprocessMs.toFixed(1)} ms, computed in ${computeMs.toFixed(1)} ms`
    + `${batchSize > 1 ? ` together with ${batchSize - 1} other pictures` : ''}.`;
}
