import { lines } from '/js/api.js';
import { download } from '/js/download.js';
import { h } from '/js/dom.js';
import { isAborted, report } from '/js/problem.js';
import { bytesOf } from '/js/wire.js';

const formats = [['HTML', 'REPORT_FORMAT_HTML'], ['CSV', 'REPORT_FORMAT_CSV'], ['JSON', 'REPORT_FORMAT_JSON'], ['LaTeX', 'REPORT_FORMAT_LATEX']];

/** Buttons that download a session's report; one of a session that runs has what there is. */
export function reportButtons(name, signal) {
  const faults = h('div');
  const buttons = formats.map(([title, format]) => h('button', { type: 'button', onclick: event => fetchReport(event.target, format) }, title));
  return h('div', null, h('div', { class: 'row' }, h('span', null, 'Report'), buttons), faults);

  async function fetchReport(button, format) {
    button.disabled = true;
    faults.replaceChildren();
    try {
      for (const { name: file, type, pieces } of await filesOf(name, format, signal)) {
        download(file, new Blob(pieces, { type }));
      }
    } catch (error) {
      if (!isAborted(error)) {
        faults.replaceChildren(report(error));
      }
    } finally {
      button.disabled = false;
    }
  }
}

async function filesOf(name, format, signal) {
  const files = [];
  for await (const part of lines(`/v1/${name}/report?format=${format}`, { signal })) {
    if (part.file) {
      files.push({ name: part.file.fileName, type: part.file.mediaType, pieces: [] });
    } else {
      files.at(-1).pieces.push(bytesOf(part.content));
    }
  }

  return files;
}
