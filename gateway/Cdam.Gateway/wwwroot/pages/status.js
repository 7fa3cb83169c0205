import { h } from '/js/dom.js';
import { isAborted, report } from '/js/problem.js';
import { health } from '/status/health.js';
import { methods } from '/status/methods.js';
import { models } from '/status/models.js';
import { pools } from '/status/pools.js';
import { queue } from '/status/queue.js';

/** What is behind this gateway, and how it is. Each part comes as soon as it is known, and fails by itself. */

const parts = [
  ['Health', health],
  ['Under way', queue],
  ['Pools', pools],
  ['Models', models],
  ['Methods', methods],
];

const everySeconds = 10;
let timer = null;

export function mount(element, { signal }) {
  const cards = parts.map(([title, read]) => ({ read, body: h('div', null, h('p', { class: 'busy' }, 'Asking')), title }));
  element.append(h('h1', null, 'Status'), h('p', { class: 'soft' }, `Asked anew every ${everySeconds} seconds while this tab is open.`),
    ...cards.map(card => h('section', { class: 'card' }, h('h2', null, card.title), card.body)));
  const refresh = async () => {
    await Promise.all(cards.map(card => fill(card, signal)));
    // Only after an answer: a slow server is not asked ever more. A hidden tab and one whose table is being read ask nothing.
    timer = signal.aborted ? null : setTimeout(() => document.hidden || element.contains(document.activeElement) ? later() : refresh(), everySeconds * 1000);
  };
  const later = () => { timer = setTimeout(refresh, everySeconds * 1000); };
  return refresh();
}

export function unmount() {
  clearTimeout(timer);
}

async function fill({ read, body }, signal) {
  try {
    body.replaceChildren(await read(signal));
  } catch (error) {
    if (!isAborted(error)) {
      body.replaceChildren(report(error));
    }
  }
}
