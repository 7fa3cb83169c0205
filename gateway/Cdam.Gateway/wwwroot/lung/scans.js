import { call, request } from '/js/api.js';
import { h } from '/js/dom.js';
import { problem } from '/js/problem.js';
import { readNrrd, VolumeFault } from '/lung/nrrd.js';

const folder = '/samples/lung';
const largestFile = 2 ** 29;

/** The phantoms that come with the page: patients with their nodules and readings. */
export async function sampleList(signal) {
  return (await call(`${folder}/samples.json`, { signal })).patients;
}

/** A sample's volume and nodules. */
export async function openSample(patient, signal) {
  const response = await request(`${folder}/${patient.file}`, { signal });
  return { volume: await readNrrd(patient.file, new Uint8Array(await response.arrayBuffer())), nodules: patient.nodules.map(noduleOf) };
}

async function openFile(file) {
  if (file.size > largestFile) {
    throw new VolumeFault(`${file.name}: has ${(file.size / 2 ** 20).toFixed(0)} MiB; may have ${largestFile / 2 ** 20}.`);
  }

  return { volume: await readNrrd(file.name, new Uint8Array(await file.arrayBuffer())), nodules: [] };
}

/** A field for a volume of the user's own. What is wrong with it is said beneath. */
export function uploadField(onOpen) {
  const faults = h('div', null);
  const input = h('input', { type: 'file', accept: '.nrrd', id: 'volume-file', 'aria-describedby': 'volume-help', onchange: async () => {
    faults.replaceChildren();
    try {
      onOpen(input.files[0].name, await openFile(input.files[0]));
    } catch (fault) {
      if (!(fault instanceof VolumeFault)) {
        throw fault;
      }

      faults.replaceChildren(problem(fault));
    }
  } });
  return h('div', { class: 'upload' }, h('label', { for: 'volume-file' }, 'Or a volume of your own'), input,
    h('p', { class: 'soft', id: 'volume-help' }, 'NRRD, 16-bit Hounsfield units, axial, one file, as 3D Slicer saves it. It stays in this browser: only the neighbourhood of the places that '
      + 'you pick is sent.'), faults);
}

// Two millimetres beyond the outline, so that the circle hides nothing.
function noduleOf({ id, centre_voxel: [x, y, z], malignancy, biomarkers, readings }, index) {
  return { id, number: index + 1, place: { x, y, z }, radius: biomarkers.diameter / 2 + 2, malignancy, biomarkers, readings };
}
