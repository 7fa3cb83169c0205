import { h } from '/js/dom.js';

const space = 'http://www.w3.org/2000/svg';
const [width, height] = [420, 260];
const frame = { left: 52, right: 12, top: 12, bottom: 40 };
const dashes = ['', '7 4', '2 3', '9 3 2 3'];

/**
 * Curves in one frame with axes and a legend. Colours repeat after eight curves, and go with dashes.
 * @param curves `{ name, x, y }`. @param axes Their titles, `{ x, y }`.
 */
export function chartOf(title, curves, axes) {
  const spans = { x: spanOf(curves.flatMap(curve => curve.x)), y: spanOf(curves.flatMap(curve => curve.y)) };
  const at = {
    x: value => frame.left + (value - spans.x.low) / (spans.x.high - spans.x.low) * (width - frame.left - frame.right),
    y: value => height - frame.bottom - (value - spans.y.low) / (spans.y.high - spans.y.low) * (height - frame.top - frame.bottom),
  };
  const svg = shape('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': describe(title, curves) });
  svg.append(...ticks(spans.x).map(value => tick(at.x(value), height - frame.bottom, 'x', value)), ...ticks(spans.y).map(value => tick(frame.left, at.y(value), 'y', value)),
    label(axes.x, { x: (frame.left + width - frame.right) / 2, y: height - 4, 'text-anchor': 'middle' }),
    label(axes.y, { x: 12, y: (height - frame.bottom + frame.top) / 2, 'text-anchor': 'middle', transform: `rotate(-90 12 ${(height - frame.bottom + frame.top) / 2})` }),
    ...curves.map((curve, index) => line(curve, index, at)));
  return h('figure', { class: 'chart' }, h('figcaption', null, title), svg, h('ul', { class: 'legend' }, curves.map((curve, index) => h('li', null, key(index), curve.name))));
}

function spanOf(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low < high ? { low, high } : { low: low - 0.5, high: low + 0.5 };
}

// Round numbers, five or so.
function ticks({ low, high }) {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(factor => factor * power).find(candidate => candidate >= rough);
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

function tick(x, y, axis, value) {
  const group = shape('g', { class: 'tick' });
  group.append(axis === 'x' ? shape('line', { x1: x, x2: x, y1: frame.top, y2: y }) : shape('line', { x1: x, x2: width - frame.right, y1: y, y2: y }),
    label(String(value), axis === 'x' ? { x, y: y + 15, 'text-anchor': 'middle' } : { x: x - 5, y: y + 4, 'text-anchor': 'end' }));
  return group;
}

function line({ x, y }, index, at) {
  const points = x.map((value, i) => `${at.x(value).toFixed(1)},${at.y(y[i]).toFixed(1)}`).join(' ');
  return shape('polyline', { points, class: `curve-${index % 8}`, 'stroke-dasharray': dashes[Math.floor(index / 2) % dashes.length] });
}

function key(index) {
  const svg = shape('svg', { viewBox: '0 0 26 8', width: 26, height: 8, 'aria-hidden': 'true' });
  svg.append(shape('polyline', { points: '0,4 26,4', class: `curve-${index % 8}`, 'stroke-dasharray': dashes[Math.floor(index / 2) % dashes.length] }));
  return svg;
}

function label(text, attributes) {
  const element = shape('text', attributes);
  element.textContent = text;
  return element;
}

const describe = (title, curves) => `${title}. ${curves.map(({ name, y }) => `${name} from ${y[0].toPrecision(3)} to ${y.at(-1).toPrecision(3)}`).join('; ')}`;

function shape(name, attributes) {
  const element = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }

  return element;
}
