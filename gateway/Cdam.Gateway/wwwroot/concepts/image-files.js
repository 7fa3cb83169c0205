import { h } from '/js/dom.js';
import { onDrop } from '/js/drop.js';
import { problem } from '/js/problem.js';

/** Images that are dropped or picked, each with a preview, a way to take it out, and room for what is wrong with it. */
export class ImageFiles {
  constructor() {
    this.items = [];
    this.input = h('input', { type: 'file', class: 'hidden', id: 'concept-files', multiple: true, accept: 'image/jpeg,image/png,image/webp,image/bmp,image/tiff', onchange: () => {
      this.add(this.input.files);
      this.input.value = '';
    } });
    this.count = h('p', { role: 'status' });
    this.list = h('ul', { class: 'images' });
    const drop = h('div', { class: 'drop' }, h('p', null, 'Drop images here, or'), this.input, h('label', { class: 'button', for: 'concept-files' }, 'choose files'), this.count);
    onDrop(drop, files => this.add(files));
    this.element = h('div', null, drop, this.list);
    this.tell();
  }

  get files() {
    return this.items.map(item => item.file);
  }

  /** Shows what is wrong with the image at a position. False where there is none. */
  fault(position, error) {
    const item = this.items[position];
    item?.faults.append(problem(error));
    item?.element.scrollIntoView({ block: 'nearest' });
    return Boolean(item);
  }

  clearFaults() {
    this.items.forEach(item => item.faults.replaceChildren());
  }

  clear() {
    this.items.forEach(item => item.element.remove());
    this.items = [];
    this.tell();
  }

  add(files) {
    for (const file of files) {
      const item = { file, faults: h('div') };
      const address = URL.createObjectURL(file);
      const picture = h('img', { src: address, alt: '', width: 64, height: 64, onload: () => URL.revokeObjectURL(address), onerror: () => URL.revokeObjectURL(address) });
      item.element = h('li', null, picture, h('span', { class: 'name' }, file.name), h('button', { type: 'button', 'aria-label': `Remove ${file.name}`, onclick: () => this.remove(item) }, '✕'), item.faults);
      this.items.push(item);
      this.list.append(item.element);
    }

    this.tell();
  }

  remove(item) {
    this.items.splice(this.items.indexOf(item), 1);
    item.element.remove();
    this.input.focus();
    this.tell();
  }

  tell() {
    const { length } = this.items;
    this.count.textContent = length === 0 ? '10 to 30 images of what you mean work well; 2 are needed.' : `${length} image${length === 1 ? '' : 's'}`;
  }
}
