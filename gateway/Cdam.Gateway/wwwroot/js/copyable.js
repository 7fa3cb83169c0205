import { h } from './dom.js';

/** A piece of code with a button that copies it. */
export function copyable(title, text) {
  const button = h('button', { type: 'button', 'aria-label': `Copy: ${title}` }, 'Copy');
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = 'Copied';
    } catch {
      // Browsers refuse where the page came without TLS from another machine.
      getSelection().selectAllChildren(code);
      button.textContent = 'Selected';
    }

    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  });
  const code = h('pre', { tabindex: '0', 'aria-label': title }, text);
  return h('div', { class: 'code' }, h('div', { class: 'row' }, h('h3', null, title), button), code);
}
