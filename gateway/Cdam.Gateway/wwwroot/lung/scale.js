import { h } from '/js/dom.js';

const space = 'http://www.w3.org/2000/svg';
const width = 200;
const edge = 8;

/** A finding's scale with the model's value (a disc) and the readers' mean (a ring), where there is one. */
export function scaleOf(finding, value) {
  const svg = shape('svg', { viewBox: `0 0 ${width} 20`, class: 'scale', 'aria-hidden': 'true' });
  svg.append(shape('line', { x1: edge, x2: width - edge, y1: 10, y2: 10 }));
  if (finding.read !== undefined) {
    svg.append(shape('circle', { cx: at(finding, finding.read), cy: 10, r: 7, class: 'read' }));
  }

  svg.append(shape('circle', { cx: at(finding, value), cy: 10, r: 4, class: 'said' }));
  return h('div', { class: 'scale-box' }, svg, h('div', { class: 'ends soft' }, finding.ends.map(end => h('span', null, end))));
}

function at({ low, high }, value) {
  const share = Math.min(Math.max((value - low) / (high - low), 0), 1);
  return edge + share * (width - 2 * edge);
}

function shape(name, attributes) {
  const element = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }

  return element;
}
