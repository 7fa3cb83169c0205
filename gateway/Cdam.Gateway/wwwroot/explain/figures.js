import { h } from '/js/dom.js';
import { drawMap } from '/js/heatmap.js';
import { number, subjectOf } from './names.js';
import { contrastNote } from './contrast-note.js';
import { scoreAt } from './reading.js';

const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/**
 * The maps over the picture, a row for each method. One token is looked at in all of them, and stays so until another one is: what tells
 * of it may come to lie between the pointer and the map, and a finger is lifted.
 * @param methods Of ListMethods, by their names.
 * @param moved Gets the token's place, or null.
 * @returns `element`; `draw(opacity)`; `canvasOf(map)`; `leave()`, which looks at no token.
 */
export function figures(answer, maps, methods, moved) {
  const { layout, picture } = answer;
  const drawn = maps.map(map => figure(map));
  const names = [...new Set(maps.map(map => map.method))];
  let place = null;
  const element = h('div', null, names.map(name => h('section', { class: 'method' }, h('h3', null, methods.get(name).displayName),
    contrastNote(methods.get(name), maps), h('div', { class: 'maps' }, drawn.filter(({ map }) => map.method === name).map(({ element: shown }) => shown)))));
  return {
    element,
    draw: opacity => drawn.forEach(({ canvas, map }) => drawMap(canvas, map, picture, opacity)),
    canvasOf: map => drawn.find(other => other.map === map).canvas,
    leave: () => move(null),
  };

  function figure(map) {
    const marker = h('span', { class: 'marker', hidden: true });
    const spoken = h('span', { class: 'hidden', 'aria-live': 'polite' });
    const canvas = h('canvas');
    // An application: arrow keys are the map's own.
    const frame = h('div', {
      class: 'frame', tabindex: '0', role: 'application', 'aria-roledescription': 'map', 'aria-label': `${methods.get(map.method).displayName}, ${subjectOf(map)}. Arrow keys read its tokens.`,
      onpointermove: point, onpointerdown: point, onkeydown: step,
      onfocus: event => event.target.matches(':focus-visible') && move(place ?? { row: 0, column: 0 }),
    }, canvas, marker, spoken);
    const caption = h('figcaption', null, subjectOf(map), map.target && h('span', { class: 'soft' }, map.target.conceptId ? ' similarity ' : ' logit ', h('span', { class: 'number' }, number(map.target.value))));
    return { map, canvas, marker, spoken, frame, element: h('figure', null, frame, caption) };

    function point(event) {
      const { left, top, width, height } = canvas.getBoundingClientRect();
      const at = (part, extent, cells) => Math.min(Math.max(Math.floor(part / extent * cells), 0), cells - 1);
      move({ row: at(event.clientY - top, height, layout.rows), column: at(event.clientX - left, width, layout.columns) });
    }

    function step(event) {
      const by = steps[event.key];
      if (event.key === 'Escape') {
        move(null);
      }

      if (by) {
        event.preventDefault();
        const { row, column } = place ?? { row: 0, column: 0 };
        move({ row: (row + by[0] + layout.rows) % layout.rows, column: (column + by[1] + layout.columns) % layout.columns });
        spoken.textContent = `row ${place.row + 1}, column ${place.column + 1}: ${number(scoreAt(map, layout, place))}`;
      }
    }
  }

  function move(to) {
    if (to?.row === place?.row && to?.column === place?.column) {
      return;
    }

    place = to;
    for (const { marker } of drawn) {
      marker.hidden = !to;
      if (to) {
        Object.assign(marker.style, {
          left: `${to.column / layout.columns * 100}%`, top: `${to.row / layout.rows * 100}%`, width: `${100 / layout.columns}%`, height: `${100 / layout.rows}%`,
        });
      }
    }

    moved(to);
  }
}
