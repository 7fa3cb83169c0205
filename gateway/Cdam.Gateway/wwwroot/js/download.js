import { h } from './dom.js';

/** Gives a file that the page made to the browser's downloads. */
export function download(name, blob) {
  const address = URL.createObjectURL(blob);
  h('a', { href: address, download: name }).click();
  // The browser has begun by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** @param text Of the type, in UTF-8. */
export const downloadText = (name, text, type) => download(name, new Blob([text], { type }));
