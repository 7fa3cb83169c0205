import { download, downloadText } from '/js/download.js';
import { h } from '/js/dom.js';
import { slugOf, subjectOf } from './names.js';
import { targetOf } from './view.js';

/** Buttons for what is shown: every map as a PNG, and all raw scores as JSON or CSV. */
export function exports(maps, canvasOf, file) {
  const stem = slugOf(file.replace(/\.\w+$/, ''));
  return h('div', { class: 'row' },
    h('button', { type: 'button', onclick: () => pictures(maps, canvasOf, stem) }, maps.length > 1 ? 'PNG files' : 'PNG'),
    h('button', { type: 'button', onclick: () => downloadText(`${stem}.json`, jsonOf(maps), 'application/json') }, 'Scores as JSON'),
    h('button', { type: 'button', onclick: () => downloadText(`${stem}.csv`, csvOf(maps), 'text/csv') }, 'Scores as CSV'));
}

function pictures(maps, canvasOf, stem) {
  for (const map of maps) {
    canvasOf(map).toBlob(blob => download(`${stem}-${map.method}-${slugOf(subjectOf(map))}.png`, blob), 'image/png');
  }
}

/** Raw scores as the server gave them, of a contrast their differences. */
function jsonOf(maps) {
  return JSON.stringify(maps.map(map => ({
    method: map.method,
    definitionVersion: map.definitionVersion,
    parameters: map.parameters,
    target: map.target ?? undefined,
    contrast: map.contrast,
    rows: map.rows,
    columns: map.columns,
    scores: map.scores,
    heads: map.heads.map(head => [...head]),
  })), null, 1);
}

function csvOf(maps) {
  const lines = maps.flatMap(map => map.scores.map((score, index) =>
    [map.method, targetNameOf(map), Math.floor(index / map.columns), index % map.columns, score].map(field).join(',')));
  return ['method,target,row,column,score', ...lines, ''].join('\r\n');
}

const targetNameOf = map => map.contrast ? subjectOf(map) : map.target ? `${targetOf(map.target)} ${map.target.displayName}` : '';

function field(value) {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
