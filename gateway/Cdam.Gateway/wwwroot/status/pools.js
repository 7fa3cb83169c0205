import { CallError, request } from '/js/api.js';
import { h } from '/js/dom.js';
import { samplesOf } from './prometheus.js';
import { tableOf } from './table.js';

/** Pools and calls, of the gateway's own metrics; where they may not be read, a sentence says so. */
export async function pools(signal) {
  let text;
  try {
    text = await (await request('/metrics', { signal })).text();
  } catch (error) {
    if (error instanceof CallError && (error.httpCode === 403 || error.httpCode === 404)) {
      return h('p', null, error.httpCode === 403
        ? `The gateway's metrics are for keys with the scope admin: ${error.message}`
        : 'This address has no metrics; the gateway serves them at Gateway:ListenHttp.');
    }

    throw error;
  }

  const samples = samplesOf(text);
  const names = [...new Set(samples.map(sample => sample.labels.pool).filter(pool => pool))].sort();
  return h('div', null,
    tableOf('Pools', columnsOf(samples), names),
    h('p', { class: 'soft' },
      'Queues, batches and device memory are measured by each explainer, and sessions by each evaluator, at their own /metrics ',
      '(Explainer:ListenHttp, Evaluator:ListenHttp). How long a picture waited for the device is shown below its maps in Explain.'));
}

function columnsOf(samples) {
  const sum = (name, labels) => String(samples
    .filter(sample => sample.name.replace(/_total$|_ratio$/g, '') === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value))
    .reduce((total, sample) => total + sample.value, 0));
  return [
    { title: 'Pool', cell: pool => pool },
    { title: 'Destinations that take calls', number: true, cell: pool => sum('cdam_gateway_destinations', { pool, state: 'healthy' }) },
    { title: 'that do not', number: true, cell: pool => sum('cdam_gateway_destinations', { pool, state: 'unhealthy' }) },
    { title: 'Calls under way', number: true, cell: pool => sum('cdam_gateway_active_calls', { pool }) },
    { title: 'Calls', number: true, cell: pool => sum('cdam_gateway_calls', { pool }) },
    { title: 'Second attempts', number: true, cell: pool => sum('cdam_gateway_retries', { pool }) },
    { title: 'Ended by the gateway', number: true, cell: pool => sum('cdam_gateway_faults', { pool }) },
  ];
}
