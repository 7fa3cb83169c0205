import { base64Of } from '/js/wire.js';

// Millimetres: models look at 17 around a place at most, and one more keeps interpolation from the border.
const reach = 18;

/** How a slice lies: its columns, its rows, and the axis that it is a step of. */
export const planes = {
  axial: { name: 'Axial', across: 'x', down: 'y', through: 'z', isFlipped: false },
  // From the front and from the side with the head up, as radiologists look; voxels run upwards.
  coronal: { name: 'Coronal', across: 'x', down: 'z', through: 'y', isFlipped: true },
  sagittal: { name: 'Sagittal', across: 'y', down: 'z', through: 'x', isFlipped: true },
};

/** Hounsfield units of a scan, or of a part of one: x to the patient's left and fastest, y to the back, z to the head. */
export class Volume {
  /** @param spacing Millimetres between neighbouring voxels along x, y and z. */
  constructor(width, height, depth, spacing, voxels) {
    this.size = { x: width, y: height, z: depth };
    this.spacing = { x: spacing[0], y: spacing[1], z: spacing[2] };
    this.voxels = voxels;
  }

  at(x, y, z) {
    return this.voxels[(z * this.size.y + y) * this.size.x + x];
  }

  /** The same with those axes reversed that are true. */
  flipped([flipX, flipY, flipZ]) {
    if (!flipX && !flipY && !flipZ) {
      return this;
    }

    const { x: width, y: height, z: depth } = this.size;
    const voxels = new Int16Array(this.voxels.length);
    let i = 0;
    for (let z = 0; z < depth; z++) {
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          voxels[i++] = this.at(flipX ? width - 1 - x : x, flipY ? height - 1 - y : y, flipZ ? depth - 1 - z : z);
        }
      }
    }
    return new Volume(width, height, depth, Object.values(this.spacing), voxels);
  }

  /** Fills the pixels (R G B A) of a slice with greys, `low` Hounsfield units black and `high` white. */
  paint(plane, index, { low, high }, pixels) {
    const { across, down, through, isFlipped } = planes[plane];
    const step = { x: 1, y: this.size.x, z: this.size.x * this.size.y };
    const [columns, rows] = [this.size[across], this.size[down]];
    const scale = 255 / (high - low);
    for (let row = 0; row < rows; row++) {
      const from = index * step[through] + (isFlipped ? rows - 1 - row : row) * step[down];
      for (let column = 0; column < columns; column++) {
        const grey = (this.voxels[from + column * step[across]] - low) * scale;
        const at = (row * columns + column) * 4;
        pixels[at] = pixels[at + 1] = pixels[at + 2] = grey;
        pixels[at + 3] = 255;
      }
    }
  }

  /** Whether models can be asked about a place. */
  contains(place) {
    return Object.keys(this.size).every(axis => place[axis] >= -0.5 && place[axis] <= this.size[axis] - 0.5);
  }

  /** What models read around a place, as the wire's Volume has it: some 100 kB, whatever the scan weighs. */
  neighbourhood(place) {
    const first = {}, count = {}, centre = {};
    for (const axis of ['x', 'y', 'z']) {
      const voxels = reach / this.spacing[axis];
      first[axis] = Math.max(0, Math.floor(place[axis] - voxels));
      count[axis] = Math.min(this.size[axis] - 1, Math.ceil(place[axis] + voxels)) - first[axis] + 1;
      centre[axis] = place[axis] - first[axis];
    }
    const part = new Int16Array(count.x * count.y * count.z);
    for (let z = 0; z < count.z; z++) {
      for (let y = 0; y < count.y; y++) {
        const from = ((first.z + z) * this.size.y + first.y + y) * this.size.x + first.x;
        part.set(this.voxels.subarray(from, from + count.x), (z * count.y + y) * count.x);
      }
    }
    return {
      depth: count.z, height: count.y, width: count.x, voxels: base64Of(new Uint8Array(part.buffer)), spacing: this.spacing, centre,
    };
  }
}
