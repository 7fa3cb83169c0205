import { h } from '/js/dom.js';
import { number, subjectOf } from './names.js';

/**
 * What the maps say of one token: its score in each map, with each head's part, and the attention it got.
 * @param methods Of ListMethods, by their names.
 * @param place `{ row, column }` of the token; null where none is looked at.
 * @param close Called to look at none.
 */
export function reading(answer, maps, methods, place, close) {
  if (!place) {
    return h('p', { class: 'soft' }, 'Point at a map, or move over it with the arrow keys, to read the scores of a token.');
  }

  const { attention } = answer;
  const rows = [
    ...maps.filter(map => map !== attention).map(map => ({ map, name: `${methods.get(map.method).displayName}, ${subjectOf(map)}` })),
    ...attention ? [{ map: attention, name: 'Attention of [CLS]' }] : [],
  ];
  const heads = Math.max(...rows.map(({ map }) => map.heads.length));
  return h('div', null,
    h('div', { class: 'row' }, h('p', null, `Token in row ${place.row + 1} of ${answer.layout.rows}, column ${place.column + 1} of ${answer.layout.columns}`),
      h('button', { type: 'button', onclick: close }, 'Close')),
    h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Scores of the token' }, h('table', null,
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Map'), h('th', { scope: 'col', class: 'number' }, 'Score'),
        Array.from({ length: heads }, (_, head) => h('th', { scope: 'col', class: 'number' }, `Head ${head + 1}`)))),
      h('tbody', null, rows.map(({ map, name }) => h('tr', null, h('th', { scope: 'row' }, name), cell(scoreAt(map, answer.layout, place)),
        Array.from({ length: heads }, (_, head) => cell(map.heads[head]?.[place.row * map.columns + place.column]))))))));
}

/** A token's score; of a map of pixels the mean over its patch. */
export function scoreAt({ scores, rows, columns }, layout, { row, column }) {
  if (rows === layout.rows) {
    return scores[row * columns + column];
  }

  const side = layout.patchSize;
  let sum = 0;
  for (let y = row * side; y < (row + 1) * side; y++) {
    for (let x = column * side; x < (column + 1) * side; x++) {
      sum += scores[y * columns + x];
    }
  }

  return sum / (side * side);
}

function cell(value) {
  return h('td', { class: `number ${value > 0 ? 'for' : value < 0 ? 'against' : ''}` }, value === undefined ? '' : number(value));
}
