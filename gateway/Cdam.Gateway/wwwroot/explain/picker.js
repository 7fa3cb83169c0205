import { request } from '/js/api.js';
import { h } from '/js/dom.js';
import { onDrop } from '/js/drop.js';
import { report } from '/js/problem.js';
import { ownSample, samples } from './samples.js';

/**
 * Where a picture is chosen: a sample, a file, or one that is dropped.
 * @param take Gets `{ file, name, sample }`.
 * @returns `element`; `problems`, where faults of the picture are shown; `fetch(sample)`, which chooses a sample and gives what `take` gets.
 */
export function picker(chosen, take) {
  const input = h('input', { type: 'file', class: 'hidden', id: 'file', accept: 'image/jpeg,image/png,image/webp,image/bmp,image/tiff', onchange: () => own(input.files[0]) });
  const problems = h('div');
  const drop = h('div', { class: 'drop' },
    h('p', null, 'Drop a picture here, or'),
    input, h('label', { class: 'button', for: 'file' }, 'choose a file'),
    h('p', { class: 'soft' }, 'JPEG, PNG, WebP, BMP or TIFF. It goes to this server and is not kept; links to a view hold samples only.'));
  onDrop(drop, files => own(files[0]));
  const pictures = samples.map(sample => h('button', { type: 'button', class: 'sample', 'aria-pressed': String(sample.id === chosen), onclick: () => pick(sample) },
    h('img', { src: sample.file, alt: sample.title, width: 72, height: 72 })));
  const element = h('section', { class: 'card', 'aria-label': 'Picture' }, h('h2', null, 'Picture'), h('div', { class: 'row' }, pictures), drop, problems);
  return { element, problems, fetch: fetchSample };

  function own(file) {
    if (file) {
      press(null);
      take({ file, name: file.name, sample: ownSample });
    }
  }

  async function pick(sample) {
    try {
      take(await fetchSample(sample));
    } catch (error) {
      problems.replaceChildren(report(error));
    }
  }

  async function fetchSample(sample) {
    press(sample);
    const answer = await request(sample.file);
    return { file: await answer.blob(), name: sample.file.slice(sample.file.lastIndexOf('/') + 1), sample: sample.id };
  }

  function press(sample) {
    pictures.forEach((button, index) => button.setAttribute('aria-pressed', String(samples[index] === sample)));
  }
}
