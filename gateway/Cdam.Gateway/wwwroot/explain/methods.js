import { h } from '/js/dom.js';
import { isNumber, parameters } from './view.js';

/**
 * The methods to explain with, and the parameters of those that are chosen.
 * @param changed Gets what of the view changes.
 */
export function methods(known, view, changed) {
  const boxes = known.map(method => h('input', { type: 'checkbox', value: method.name, checked: view.methods.includes(method.name), onchange: choose }));
  return h('div', null,
    h('fieldset', null, h('legend', null, 'Methods'), known.map((method, index) =>
      h('label', { class: 'line', title: `${method.description} ${method.cost}` }, boxes[index], method.displayName))),
    settings(known.filter(method => view.methods.includes(method.name)), view, changed));

  function choose(event) {
    if (boxes.every(box => !box.checked)) {
      // At least one: no method would mean the default one.
      event.target.checked = true;
    } else {
      changed({ methods: boxes.filter(box => box.checked).map(box => box.value) });
    }
  }
}

/** Fields of the parameters that a chosen method has; an empty one means the default. */
function settings(chosen, view, changed) {
  const fields = Object.entries(parameters).flatMap(([name, { field, label }]) => {
    const found = chosen.flatMap(method => method.parameters).filter(parameter => parameter.name === field);
    return found.length === 0 ? [] : [h('p', null, h('label', { for: `parameter-${name}` }, label, ' '),
      h('input', { id: `parameter-${name}`, class: 'short', inputmode: 'decimal', value: view[name] ?? '', placeholder: found[0].defaultValue, 'aria-describedby': `range-${name}`, onchange: event => take(event.target, name) }),
      h('span', { class: 'soft', id: `range-${name}` }, ` ${found[0].range}`))];
  });
  return fields.length === 0 ? null : h('details', { open: Object.keys(parameters).some(name => view[name]) }, h('summary', null, 'Parameters'), fields);

  function take(input, name) {
    const value = input.value.trim();
    input.setCustomValidity(value === '' || isNumber(value) ? '' : `“${value}” is no number.`);
    if (input.reportValidity()) {
      changed({ [name]: value });
    }
  }
}
