import { h } from '/js/dom.js';
import { call } from '/js/api.js';

const pages = {
  '/healthz/live': ['The gateway runs.', 'The gateway is not well.'],
  '/healthz/ready': ['Explainers take calls.', 'No explainer takes calls now: none is there, or none has its models warm.'],
};

/** What the health pages say, in words, and the gateway's version. */
export async function health(signal) {
  const states = await Promise.all(Object.entries(pages).map(async ([path, words]) => ({ words, answer: await fetch(path, { signal }) })));
  const { info } = await call('/openapi/v1.json', { signal });
  return h('ul', { class: 'states' },
    states.map(({ words, answer }) => h('li', { class: answer.ok ? 'good' : 'poor' }, words[answer.ok ? 0 : 1])),
    h('li', null, `Version ${info.version} of the gateway.`));
}
