import { h } from '/js/dom.js';
import { SliceCanvas } from '/lung/slice-canvas.js';
import { planes } from '/lung/volume.js';
import { windows } from '/lung/windows.js';

const help = 'Wheel, slider or Page Up and Page Down change the slice. Click a nodule or any other place to explain it; with the keyboard, '
  + 'arrow keys move the cross (Shift: by five) and Enter explains there.';

/** A volume to scroll through, slice by slice, with plane and window. */
export class Viewer {
  /**
   * @param nodules `{ number, place, radius }`, places in voxels, radii in mm.
   * @param view `plane`, `index`, `place` and `window` to begin with; all may be absent.
   * @param onPick Told of a `{ place, nodule }` that was picked.
   * @param onChange Told of each change of `view`.
   */
  constructor(volume, nodules, view, { onPick, onChange }) {
    Object.assign(this, { volume, onPick, onChange });
    const plane = planes[view.plane] ? view.plane : 'axial';
    const start = nodules[0]?.place[planes[plane].through];
    this.view = { plane, index: view.index ?? start ?? volume.size[planes[plane].through] / 2, place: view.place ?? null, window: { ...view.window ?? windows[0] } };
    this.canvas = new SliceCanvas(volume, nodules);
    this.listen();
    this.element = h('div', { class: 'viewer' }, this.planeChoice(), this.windowChoice(), h('div', { class: 'screen' }, this.canvas.element), this.slider(),
      h('p', { class: 'soft', id: 'viewer-help' }, help));
    this.show({});
  }

  /** Changes what is seen. */
  show(change) {
    Object.assign(this.view, change);
    const last = this.volume.size[this.through] - 1;
    this.view.index = Math.min(Math.max(Math.round(this.view.index), 0), last);
    this.canvas.draw(this.view);
    const words = `slice ${this.view.index + 1} of ${last + 1}`;
    Object.assign(this.range, { max: last, value: this.view.index });
    this.range.setAttribute('aria-valuetext', words);
    this.count.textContent = words;
    this.canvas.element.setAttribute('aria-label', `CT scan, ${this.view.plane}, ${words}`);
    this.onChange(this.view);
  }

  /** Goes to a place in the volume and marks it. */
  goTo(place) {
    this.show({ place, index: place[this.through] });
  }

  get through() {
    return planes[this.view.plane].through;
  }

  planeChoice() {
    const radios = Object.entries(planes).map(([id, { name }]) => h('label', { class: 'line' },
      h('input', { type: 'radio', name: 'plane', value: id, checked: id === this.view.plane, onchange: () => this.turn(id) }), name));
    return h('fieldset', null, h('legend', { class: 'hidden' }, 'Plane'), h('div', { class: 'row' }, radios));
  }

  // The same place, seen otherwise.
  turn(plane) {
    const { through } = planes[plane];
    this.show({ plane, index: this.view.place?.[through] ?? this.volume.size[through] / 2 });
  }

  windowChoice() {
    const ranges = [this.windowRange('Level', 'level', -1000, 1000), this.windowRange('Width', 'width', 50, 3000)];
    const preset = h('select', { id: 'window', onchange: () => {
      Object.assign(this.view.window, windows.find(window => window.id === preset.value));
      ranges.forEach(range => range.tell());
      this.show({});
    } }, windows.map(window => h('option', { value: window.id }, window.title)));
    preset.value = this.view.window.id;
    return h('div', { class: 'row window' }, h('label', { for: 'window' }, 'Window'), preset, ranges.map(range => range.element));
  }

  windowRange(title, part, min, max) {
    const range = h('input', { type: 'range', min, max, step: 10, oninput: () => {
      this.view.window[part] = Number(range.value);
      tell();
      this.show({});
    } });
    const units = h('span', { class: 'number', 'aria-hidden': 'true' });
    const tell = () => {
      range.value = this.view.window[part];
      units.textContent = `${String(this.view.window[part]).replace('-', '−')} HU`;
      range.setAttribute('aria-valuetext', units.textContent);
    };
    tell();
    return { element: h('label', { class: 'line' }, title, range, units), tell };
  }

  slider() {
    this.range = h('input', { type: 'range', min: 0, step: 1, 'aria-label': 'Slice', oninput: () => this.show({ index: Number(this.range.value) }) });
    this.count = h('span', { class: 'number' });
    return h('div', { class: 'row slices' }, this.range, this.count);
  }

  listen() {
    const { element } = this.canvas;
    element.setAttribute('aria-describedby', 'viewer-help');
    element.addEventListener('wheel', event => {
      event.preventDefault();
      this.show({ index: this.view.index + Math.sign(event.deltaY) });
    }, { passive: false });
    element.addEventListener('click', event => this.onPick(this.canvas.placeAt(event)));
    element.addEventListener('keydown', event => this.press(event));
  }

  press(event) {
    const { across, down, isFlipped } = planes[this.view.plane];
    const far = event.shiftKey ? 5 : 1;
    const moves = {
      ArrowLeft: [across, -far], ArrowRight: [across, far], ArrowUp: [down, isFlipped ? far : -far], ArrowDown: [down, isFlipped ? -far : far],
      PageUp: [this.through, 1], PageDown: [this.through, -1],
    };
    if (event.key === 'Enter' && this.view.place) {
      const { place } = this.view;
      this.onPick({ place, nodule: this.canvas.nodules.find(nodule => this.canvas.millimetres(nodule.place, place) <= nodule.radius) });
    } else if (moves[event.key]) {
      this.move(...moves[event.key]);
    } else {
      return;
    }

    event.preventDefault();
  }

  move(axis, by) {
    const { size } = this.volume;
    const middle = { x: size.x / 2, y: size.y / 2, z: size.z / 2, [this.through]: this.view.index };
    const place = { ...(this.view.place ?? middle), [this.through]: this.view.index };
    place[axis] = Math.min(Math.max(Math.round(place[axis] + by), 0), size[axis] - 1);
    this.goTo(place);
  }
}
