import { h } from '/js/dom.js';
import { gatewayMetrics } from './gateway-metrics.js';
import { tableOf } from './table.js';

/** Pools and calls, of the gateway's own metrics. */
export async function pools(signal) {
  const samples = await gatewayMetrics(signal);
  const names = [...new Set(samples.map(sample => sample.labels.pool).filter(pool => pool))].sort();
  return h('div', null,
    tableOf('Pools', columnsOf(samples), names),
    h('p', { class: 'soft' },
      'Each explainer measures its own queue, batches and device memory, and each evaluator its sessions, at their own /metrics ',
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
