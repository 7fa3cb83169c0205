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
  return h('div', null, h('h3', null, title), h('div', { class: 'code' }, code, button));
}
