import { Volume } from '/lung/volume.js';

// 512 MiB; a scan of 500 slices has half of that.
const mostVoxels = 2 ** 28;
const longestHeader = 2 ** 16;
const types = ['short', 'short int', 'signed short', 'signed short int', 'int16', 'int16_t'];

/** What is wrong with a file, in words for whoever chose it. */
export class VolumeFault extends Error {}

/**
 * Reads an NRRD file (teem.sourceforge.net/nrrd/format.html) of Hounsfield units: three dimensions, 16-bit signed, little-endian, raw or
 * gzip, header and voxels in one file, as 3D Slicer and `cdam lidc samples` write them.
 * @returns A Volume whose axes run to the patient's left, back and head, as models know it, however the file's do.
 * @throws VolumeFault
 */
export async function readNrrd(name, bytes) {
  const { fields, start } = readHeader(name, bytes);
  const check = (holds, field, rule) => {
    if (!holds) {
      throw new VolumeFault(`${name}: ${field} is ${fields.get(field) ?? 'absent'}; ${rule}.`);
    }
  };
  check(types.includes(fields.get('type')), 'type', 'must be short: 16-bit signed Hounsfield units');
  check(fields.get('dimension') === '3', 'dimension', 'must be 3');
  check((fields.get('endian') ?? 'little') === 'little', 'endian', 'must be little');
  check(['raw', 'gzip', 'gz'].includes(fields.get('encoding')), 'encoding', 'must be raw or gzip');
  for (const field of ['data file', 'datafile']) {
    check(!fields.has(field), field, 'header and voxels must be one file');
  }

  const sizes = numbers(fields.get('sizes'));
  const count = sizes.reduce((product, size) => product * size, 1);
  check(sizes.length === 3 && sizes.every(size => Number.isInteger(size) && size >= 1), 'sizes', 'must be three whole numbers from 1');
  check(count <= mostVoxels, 'sizes', `must be at most ${mostVoxels} voxels together`);
  const axes = readAxes(fields, check);
  const voxels = await readVoxels(name, bytes.subarray(start), fields.get('encoding'), count);
  return new Volume(...sizes, axes.map(Math.abs), voxels).flipped(axes.map(axis => axis < 0));
}

function readHeader(name, bytes) {
  const start = afterEmptyLine(bytes);
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, Math.max(start, 0)));
  if (!/^NRRD000[1-5]\r?\n/.test(text)) {
    throw new VolumeFault(`${name}: is no NRRD file; those begin with a line NRRD0001 to NRRD0005, and an empty line ends their header.`);
  }

  const pairs = [...text.matchAll(/^([^#:\n]+):[ \t]+(.*?)\s*$/gm)];
  return { fields: new Map(pairs.map(([, field, value]) => [field.toLowerCase(), value])), start };
}

// −1 where there is no empty line.
function afterEmptyLine(bytes) {
  const most = Math.min(bytes.length, longestHeader);
  for (let at = 1; at < most; at++) {
    if (bytes[at] === 10 && (bytes[at - 1] === 10 || (bytes[at - 1] === 13 && bytes[at - 2] === 10))) {
      return at + 1;
    }
  }

  return -1;
}

// Millimetres between neighbours, negative where an axis runs to the right, to the front or to the feet.
function readAxes(fields, check) {
  const field = fields.has('space directions') ? 'space directions' : 'spacings';
  const vectors = field === 'spacings'
    ? numbers(fields.get(field)).map((size, axis) => [0, 0, 0].with(axis, size))
    : [...fields.get(field).matchAll(/\(([^)]*)\)/g)].map(([, vector]) => numbers(vector.replaceAll(',', ' ')));
  const isStraight = (vector, axis) => vector.length === 3 && vector.every((part, other) => other === axis || Math.abs(part) <= 1e-3 * Math.abs(vector[axis]));
  check(vectors.length === 3 && vectors.every(isStraight), field, 'must be three along x, y and z: oblique volumes have to be resampled first');
  const sizes = vectors.map((vector, axis) => vector[axis]);
  check(sizes.every(size => Math.abs(size) >= 0.01 && Math.abs(size) <= 100), field, 'must be 0.01 to 100 mm each');
  if (field === 'spacings') {
    return sizes;
  }

  const space = fields.get('space') ?? '';
  const letters = (space.length === 3 ? space : space.split('-').map(word => word.charAt(0)).join('')).toUpperCase();
  check(/^[LR][PA][SI]$/.test(letters), 'space', 'must be left-posterior-superior, right-anterior-superior or the like');
  return sizes.map((size, axis) => letters[axis] === 'LPS'[axis] ? size : -size);
}

async function readVoxels(name, data, encoding, count) {
  const bytes = encoding === 'raw' ? data : await unpack(name, data, count * 2);
  if (bytes.length !== count * 2) {
    throw new VolumeFault(`${name}: holds ${bytes.length} bytes of voxels; its sizes need ${count * 2}.`);
  }

  return new Int16Array(bytes.slice().buffer);
}

// Stops where there is more than announced, however much is packed.
async function unpack(name, data, expected) {
  const unpacked = new Uint8Array(expected);
  let filled = 0;
  try {
    for await (const piece of new Blob([data]).stream().pipeThrough(new DecompressionStream('gzip'))) {
      if (filled + piece.length > expected) {
        throw new VolumeFault(`${name}: holds more voxels than its sizes say.`);
      }

      unpacked.set(piece, filled);
      filled += piece.length;
    }
  } catch (fault) {
    throw fault instanceof VolumeFault ? fault : new VolumeFault(`${name}: its gzip data are damaged.`);
  }

  return unpacked.subarray(0, filled);
}

const numbers = text => (text ?? '').trim().split(/\s+/).map(Number);
