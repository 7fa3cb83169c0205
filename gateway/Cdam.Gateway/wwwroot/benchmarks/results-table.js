import { h } from '/js/dom.js';
import { tableOf } from '/status/table.js';
import { metrics } from '/benchmarks/metrics.js';

/**
 * Means by method, with the ends of their 95 % intervals once the server has drawn them.
 * @param nameOf A method's name for people.
 */
export function resultsTable(title, tally, nameOf) {
  const { rows } = tally;
  const measured = (rows[0]?.means ?? []).map(mean => mean.metric);
  return tableOf(title, [
    { title: 'Method', cell: row => nameOf(row.method) },
    ...measured.map((metric, index) => ({ title: metrics.get(metric) ?? metric.replaceAll('_', ' '), number: true, cell: row => cell(row.means[index]) })),
  ], rows);
}

function cell({ mean, lower, upper }) {
  const has = typeof mean === 'number';
  return h('span', null, has ? round(mean) : '–', typeof lower === 'number' ? h('span', { class: 'interval soft' }, `${round(lower)} to ${round(upper)}`) : null);
}

const round = value => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3)).replaceAll('-', '−');
