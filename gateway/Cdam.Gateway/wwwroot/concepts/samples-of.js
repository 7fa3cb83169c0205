import { h } from '/js/dom.js';

/**
 * A concept's nearest or farthest samples with their cosines.
 * @param files Those that it was made of in this visit, or undefined: the server keeps none, and they go by their numbers and hashes then.
 */
export function samplesOf(title, positions, { images }, files) {
  return h('div', null, h('h3', null, title), h('ol', { class: 'samples' }, positions.map(position => h('li', null,
    files ? preview(files[position]) : '',
    h('span', { class: 'name' }, files ? files[position].name : `image ${position + 1}, SHA-256 ${images[position].sha256.slice(0, 8)}…`),
    h('span', { class: 'number' }, images[position].cosine.toFixed(3))))));
}

function preview(file) {
  const address = URL.createObjectURL(file);
  return h('img', { src: address, alt: '', width: 64, height: 64, onload: () => URL.revokeObjectURL(address) });
}
