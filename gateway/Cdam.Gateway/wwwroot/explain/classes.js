import { h } from '/js/dom.js';
import { number, percent } from './names.js';
import { conceptOf, targetOf } from './view.js';

// So many are listed without asking; chosen ones come beside them.
const listed = 6;

/**
 * What the model says, from the likeliest down, and which of it is explained.
 * @param picked Gets the targets that are explained from now on.
 */
export function classes(model, answer, picked) {
  const rows = rowsOf(model, answer);
  const chosen = new Set(answer.targets);
  const shown = rows.filter((row, index) => index < listed || chosen.has(row.target));
  const boxes = shown.map(row => box(row, chosen.has(row.target)));
  const others = rows.filter(row => !shown.includes(row));
  return h('fieldset', null,
    h('legend', null, model.outputs.length > 0 ? 'Classes to explain' : 'Concepts to explain, with similarities'),
    boxes,
    others.length > 0 && adder(others, row => picked([...answer.targets, row.target])));

  function box(row, checked) {
    const input = h('input', { type: 'checkbox', checked, value: row.target, onchange: () => picked(boxes.map(line => line.firstChild).filter(other => other.checked).map(other => other.value)) });
    return h('label', { class: 'line class' }, input, h('span', { class: 'name' }, row.name),
      row.share !== undefined && h('meter', { min: 0, max: 1, value: row.share, 'aria-hidden': 'true' }), h('span', { class: 'number' }, row.text));
  }
}

function rowsOf(model, answer) {
  const values = new Map(answer.maps.concat(answer.attention).filter(map => map?.target).map(map => [targetOf(map.target), map.target]));
  const concepts = new Map(model.concepts.map(concept => [`concept:${concept.id}`, concept.displayName]));
  answer.targets.filter(target => conceptOf(target) !== null).forEach(target => concepts.set(target, values.get(target)?.displayName ?? target));
  const similarities = [...concepts].map(([target, name]) => {
    const value = values.get(target)?.value;
    return { target, name, value: value ?? -Infinity, text: value === undefined ? '' : number(value) };
  });
  return [...outputsOf(model, answer.logits), ...similarities.sort((a, b) => b.value - a.value)];
}

function outputsOf(model, logits) {
  const most = Math.max(...logits);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - most), 0);
  return model.outputs
    .map(({ index, names }) => ({ target: String(index), name: names[0], share: Math.exp(logits[index] - most) / sum, logit: logits[index] }))
    .map(row => ({ ...row, text: percent(row.share) }))
    .sort((a, b) => b.logit - a.logit);
}

function adder(others, add) {
  const input = h('input', { list: 'others', id: 'other', autocomplete: 'off', onchange: () => {
    const found = others.find(row => row.name.toLowerCase() === input.value.trim().toLowerCase());
    input.setCustomValidity(found ? '' : 'No class has this name.');
    if (found) {
      add(found);
    } else {
      input.reportValidity();
    }
  } });
  return h('p', null, h('label', { for: 'other' }, 'Another class '), input,
    h('datalist', { id: 'others' }, others.map(row => h('option', { value: row.name }, row.text))));
}
