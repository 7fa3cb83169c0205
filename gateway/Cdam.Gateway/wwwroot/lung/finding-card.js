import { drawMap } from '/js/heatmap.js';
import { h } from '/js/dom.js';
import { views } from '/lung/explaining.js';
import { scaleOf } from '/lung/scale.js';

/** What a model says of one finding, beside what readers said, with a map in each view. `paint(opacity)` draws the maps. */
export function findingCard(finding, { value, maps }, pictures) {
  const said = finding.valueOf(value);
  const canvases = views.filter(view => maps[view.id]).map(view => ({
    view, canvas: h('canvas', { role: 'img', 'aria-label': describe(finding, view, maps[view.id]), title: describe(finding, view, maps[view.id]) }),
  }));
  const element = h('article', { class: 'finding card' },
    h('h3', null, finding.name),
    h('p', { class: 'said' }, h('strong', null, finding.write(said)), finding.readInWords && h('span', { class: 'soft' }, ` · readers: ${finding.readInWords}`)),
    scaleOf(finding, said),
    h('div', { class: 'views' }, canvases.map(({ view, canvas }) => h('figure', null, canvas, h('figcaption', { class: 'soft' }, view.title)))));
  return {
    element,
    paint: opacity => canvases.forEach(({ view, canvas }) => drawMap(canvas, maps[view.id], pictures[view.id], opacity)),
  };
}

function describe(finding, view, { scores }) {
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  return `${finding.name}, ${view.title}: scores ${low.toPrecision(2)} to ${high.toPrecision(2)}`;
}
