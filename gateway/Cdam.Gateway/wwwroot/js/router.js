/** The address of a view: `#/explain?model=scenes&classes=3`. */

/** The tab and the parameters of the address; the tab is empty where the address names none. */
export function here() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  return { tab: path, params: new URLSearchParams(query ?? '') };
}

export function addressOf(tab, params) {
  // Commas are allowed in a fragment, and lists are easier to read with them.
  const query = params?.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return `#/${tab}${query ? `?${query}` : ''}`;
}

/**
 * Writes a tab's state into the address, and into the link that leads to the tab: whoever comes back finds it as it was left. It makes no
 * entry of the history, and opens nothing anew.
 */
export function keep(tab, params, link) {
  const address = addressOf(tab, params);
  history.replaceState(null, '', address);
  link.setAttribute('href', address);
}
