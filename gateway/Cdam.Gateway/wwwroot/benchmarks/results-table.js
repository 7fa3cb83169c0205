import { h } from '/js/dom.js';
import { tableOf } from '/status/table.js';

/** Means by method, with the ends of their 95 % intervals once the server has drawn them. */
export function resultsTable(title, tally) {
  const { rows } = tally;
  const metrics = (rows[0]?.means ?? []).map(mean => mean.metric);
  return tableOf(title, [
    { title: 'Method', cell: row => row.method },
    ...metrics.map((metric, index) => ({ title: metric, number: true, cell: row => cell(row.means[index]) })),
  ], rows);
}

function cell({ mean, lower, upper }) {
  const has = typeof mean === 'number';
  return h('span', null, has ? round(mean) : '–', typeof lower === 'number' ? h('span', { class: 'interval soft' }, `${round(lower)} to ${round(upper)}`) : null);
}

const round = value => Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
