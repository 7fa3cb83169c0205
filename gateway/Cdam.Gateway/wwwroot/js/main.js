import { CallError, unreachable } from './api.js';
import { h } from './dom.js';
import { askForKey } from './key.js';
import { isAborted, report } from './problem.js';
import { addressOf, here, keep } from './router.js';
import { tabs } from './tabs.js';
import { setUpTheme } from './theme.js';

/** Starts the page: the bar, and the tab that the address names. */

const page = document.getElementById('page');
const links = new Map(tabs.map(tab => [tab.id, h('a', { href: addressOf(tab.id) }, tab.title)]));
let shown = null;

document.getElementById('tabs').append(...[...links.values()].map(link => h('li', null, link)));
document.querySelector('.skip').addEventListener('click', event => {
  // Its address would be taken for a tab's.
  event.preventDefault();
  page.focus();
});
document.getElementById('key').addEventListener('click', () =>
  askForKey('Sent with every call from this browser tab, kept until the tab is closed. Only needed where the server asks for one.').then(given => given && show()));
setUpTheme(document.getElementById('theme'));
addEventListener('hashchange', () => show());
show();

async function show() {
  const { tab: id, params } = here();
  const tab = tabs.find(candidate => candidate.id === id) ?? tabs[0];
  shown?.leave();
  const control = new AbortController();
  const keepView = view => control.signal.aborted || keep(tab.id, view, links.get(tab.id));
  shown = { leave: () => control.abort() };
  for (const [name, link] of links) {
    link.toggleAttribute('aria-current', name === tab.id);
  }

  document.title = `${tab.title} · CDAM`;
  try {
    const [module] = await Promise.all([moduleOf(tab), styles(tab.id)]);
    if (control.signal.aborted) {
      return;
    }

    const element = h('div', { class: tab.id });
    page.replaceChildren(element);
    shown.leave = () => {
      control.abort();
      module.unmount();
    };
    await module.mount(element, { params, keep: keepView, signal: control.signal });
  } catch (error) {
    if (!isAborted(error)) {
      page.replaceChildren(report(error), h('p', null, h('button', { type: 'button', onclick: () => show() }, 'Try again')));
    }
  }
}

async function moduleOf(tab) {
  try {
    return await tab.load();
  } catch (error) {
    // Browsers have no better name for a module that did not come.
    throw error instanceof TypeError ? new CallError({ message: unreachable }, 0) : error;
  }
}

/** Waits until a tab's style sheet is there, so that nothing is shown without it. */
function styles(id) {
  const href = `/styles/${id}.css`;
  if (document.querySelector(`link[href="${href}"]`)) {
    return null;
  }

  const link = h('link', { rel: 'stylesheet', href });
  return new Promise((resolve, reject) => {
    link.addEventListener('load', resolve);
    link.addEventListener('error', () => {
      link.remove();
      reject(new CallError({ message: unreachable }, 0));
    });
    document.head.append(link);
  });
}
