import { h } from '/js/dom.js';

/**
 * A table that scrolls within itself where it is too wide.
 * @param columns `{ title, cell, number }`; `cell` makes text or an element of a row.
 */
export function tableOf(caption, columns, rows) {
  const styleOf = column => column.number ? 'number' : null;
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    h('table', null,
      h('caption', { class: 'hidden' }, caption),
      h('thead', null, h('tr', null, columns.map(column => h('th', { scope: 'col', class: styleOf(column) }, column.title)))),
      h('tbody', null, rows.map(row => h('tr', null, columns.map(column => h('td', { class: styleOf(column) }, column.cell(row))))))));
}
