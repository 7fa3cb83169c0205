/**
 * The tabs, in the order of the bar. A tab's module exports `mount(element, state)` and `unmount()`; it is fetched when the tab is opened
 * first, with its style sheet `/styles/ID.css`. `state` has `params`, the URLSearchParams of the address, `keep(params)`, which writes them
 * there, and `signal`, which is aborted when the tab is left.
 */
export const tabs = [
  { id: 'explain', title: 'Explain', load: () => import('/pages/explain.js') },
  { id: 'concepts', title: 'Concepts', load: () => import('/pages/concepts.js') },
  { id: 'lung', title: 'Lung CT', load: () => import('/pages/lung.js') },
  { id: 'benchmarks', title: 'Benchmarks', load: () => import('/pages/benchmarks.js') },
  { id: 'status', title: 'Status', load: () => import('/pages/status.js') },
];
