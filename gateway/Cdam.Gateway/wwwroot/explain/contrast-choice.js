import { h } from '/js/dom.js';

/** Chooses two of the explained targets whose difference is shown beside their maps. */
export function contrastChoice(targets, contrast, changed) {
  if (targets.length < 2) {
    return null;
  }

  const pairs = targets.flatMap(first => targets.filter(other => other !== first).map(second => [first, second]));
  const select = h('select', { id: 'contrast', onchange: () => changed({ contrast: pairs[select.value] ?? null }) },
    h('option', { value: '' }, 'none'),
    pairs.map(([first, second], index) => h('option', { value: index }, `${first.name} rather than ${second.name}`)));
  const now = pairs.findIndex(([first, second]) => first.target === contrast?.[0] && second.target === contrast?.[1]);
  select.value = now < 0 ? '' : String(now);
  return h('p', null, h('label', { for: 'contrast' }, 'Contrast '), select);
}
