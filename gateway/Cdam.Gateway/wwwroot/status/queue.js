import { call } from '/js/api.js';
import { h } from '/js/dom.js';
import { gatewayMetrics } from './gateway-metrics.js';

/** How much is under way, and how much waits. */
export async function queue(signal) {
  const [samples, { benchmarks }] = await Promise.all([gatewayMetrics(signal), call('/v1/benchmarks', { signal })]);
  const under = samples.filter(({ name, labels }) => name === 'cdam_gateway_active_calls' && labels.pool && labels.pool !== 'evaluators')
    .reduce((sum, { value }) => sum + value, 0);
  const inState = state => benchmarks.filter(benchmark => benchmark.state === `BENCHMARK_STATE_${state}`).length;
  return h('div', null,
    h('p', null, `${under} ${under === 1 ? 'call' : 'calls'} at explainers, those that wait for a device included.`),
    h('p', null, `Benchmark sessions: ${inState('RUNNING')} running, ${inState('PENDING')} waiting.`));
}
