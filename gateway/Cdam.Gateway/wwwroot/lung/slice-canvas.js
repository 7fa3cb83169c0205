import { h } from '/js/dom.js';
import { planes } from '/lung/volume.js';
import { ends } from '/lung/windows.js';

// Pixels of the longer side.
const side = 640;
const marked = '#ffa600';
const chosen = '#00e3ff';

/** A canvas with one slice of a volume, its nodules and the chosen place. */
export class SliceCanvas {
  constructor(volume, nodules) {
    this.volume = volume;
    this.nodules = nodules;
    this.element = h('canvas', { tabindex: '0', role: 'img' });
    this.slice = h('canvas', {});
  }

  /** @param view `plane`, `index` of the slice, `window`, `place` chosen, in voxels, or null. */
  draw(view) {
    this.view = view;
    const { across, down, through } = planes[view.plane];
    const { size, spacing } = this.volume;
    this.fit(size[across], size[down], spacing[across], spacing[down]);
    const pixels = new ImageData(size[across], size[down]);
    this.volume.paint(view.plane, view.index, ends(view.window), pixels.data);
    this.slice.getContext('2d').putImageData(pixels, 0, 0);
    const context = this.element.getContext('2d');
    context.drawImage(this.slice, 0, 0, this.element.width, this.element.height);
    for (const nodule of this.nodules) {
      this.circle(context, nodule, (nodule.place[through] - view.index) * spacing[through]);
    }

    if (view.place) {
      this.cross(context, view.place, Math.abs(view.place[through] - view.index) * spacing[through] < 2);
    }
  }

  /** The voxel, with fractions, beneath a pointer, and the nodule there, if any. */
  placeAt({ clientX, clientY }) {
    const { left, top, width, height } = this.element.getBoundingClientRect();
    const { across, down, through, isFlipped } = planes[this.view.plane];
    const { size } = this.volume;
    const row = (clientY - top) / height * size[down] - 0.5;
    const place = {
      [across]: (clientX - left) / width * size[across] - 0.5,
      [down]: isFlipped ? size[down] - 1 - row : row,
      [through]: this.view.index,
    };
    return { place, nodule: this.nodules.find(nodule => this.millimetres(nodule.place, place) <= nodule.radius) };
  }

  millimetres(one, other) {
    return Math.hypot(...['x', 'y', 'z'].map(axis => (one[axis] - other[axis]) * this.volume.spacing[axis]));
  }

  fit(columns, rows, columnSpacing, rowSpacing) {
    [this.slice.width, this.slice.height] = [columns, rows];
    this.scale = side / Math.max(columns * columnSpacing, rows * rowSpacing);
    this.element.width = Math.round(columns * columnSpacing * this.scale);
    this.element.height = Math.round(rows * rowSpacing * this.scale);
  }

  // On the canvas, pixels.
  at(place) {
    const { across, down, isFlipped } = planes[this.view.plane];
    const { size, spacing } = this.volume;
    const row = isFlipped ? size[down] - 1 - place[down] : place[down];
    return [(place[across] + 0.5) * spacing[across] * this.scale, (row + 0.5) * spacing[down] * this.scale];
  }

  // Where the nodule's sphere meets the slice.
  circle(context, { place, radius, number }, distance) {
    if (Math.abs(distance) >= radius) {
      return;
    }

    const [x, y] = this.at(place);
    const around = Math.sqrt(radius ** 2 - distance ** 2) * this.scale;
    context.strokeStyle = context.fillStyle = marked;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(x, y, around, 0, 2 * Math.PI);
    context.stroke();
    context.font = 'bold 16px system-ui, sans-serif';
    context.fillText(number, x + around * 0.75 + 4, y - around * 0.75 - 4);
  }

  cross(context, place, isNear) {
    const [x, y] = this.at(place);
    context.strokeStyle = chosen;
    context.lineWidth = 2;
    context.setLineDash(isNear ? [] : [3, 4]);
    context.beginPath();
    for (const [from, to] of [[6, 18], [-6, -18]]) {
      context.moveTo(x + from, y);
      context.lineTo(x + to, y);
      context.moveTo(x, y + from);
      context.lineTo(x, y + to);
    }

    context.stroke();
    context.setLineDash([]);
  }
}
