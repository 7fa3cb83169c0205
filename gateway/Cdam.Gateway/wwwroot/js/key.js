import { h } from './dom.js';

/**
 * The API key of this browser tab. It is kept in sessionStorage, which ends with the tab, and is sent only after the server has asked
 * for one or somebody has entered one.
 */

const stored = 'cdam-api-key';
let asking = null;

export const currentKey = () => sessionStorage.getItem(stored);

/** Asks for a key once, however many calls want one. True where one was given. */
export function askForKey(why) {
  asking ??= open(why).finally(() => { asking = null; });
  return asking;
}

function open(why) {
  const input = h('input', { type: 'password', id: 'api-key', autocomplete: 'off', value: currentKey() ?? '', 'aria-describedby': 'key-why' });
  const dialog = h('dialog', { 'aria-labelledby': 'key-title' },
    h('form', { method: 'dialog' },
      h('h2', { id: 'key-title' }, 'API key'),
      h('p', { id: 'key-why' }, why),
      h('label', { for: 'api-key' }, 'Key'),
      input,
      h('div', { class: 'row' },
        h('button', { value: 'use', class: 'primary' }, 'Use it'),
        h('button', { value: 'forget' }, 'Forget the key'),
        h('button', { value: 'leave', type: 'submit' }, 'Cancel'))));
  document.body.append(dialog);
  dialog.showModal();
  input.focus();
  return new Promise(resolve => dialog.addEventListener('close', () => {
    dialog.remove();
    resolve(settle(dialog.returnValue, input.value.trim()));
  }));
}

function settle(choice, key) {
  if (choice === 'forget') {
    sessionStorage.removeItem(stored);
  } else if (choice === 'use' && key) {
    sessionStorage.setItem(stored, key);
    return true;
  }

  return false;
}
