import { call } from '/js/api.js';
import { h } from '/js/dom.js';
import { isAborted, report } from '/js/problem.js';
import { tableOf } from '/status/table.js';
import { Session } from '/benchmarks/session.js';
import { startForm } from '/benchmarks/start-form.js';
import { isFinal, stateWord, titleOf } from '/benchmarks/words.js';

/** Sessions: started, followed, compared side by side. Parameter: `sessions`, ids of the shown ones, at most two. */

const most = 2;
const everySeconds = 5;
let page = null;

// As it was left.
let form = null;

export async function mount(element, state) {
  page = new BenchmarksPage(state);
  await page.start(element);
}

export function unmount() {
  clearTimeout(page?.timer);
  page?.shown.forEach(session => session.leave());
  page = null;
}

class BenchmarksPage {
  constructor({ params, keep, signal }) {
    Object.assign(this, { params, keep, signal, shown: [], names: new Map(), timer: null, list: h('div'), sessions: h('div', { class: 'sessions' }) });
  }

  async start(element) {
    const [{ models }, { methods }] = await Promise.all([call('/v1/models?pageSize=1000', { signal: this.signal }), call('/v1/methods', { signal: this.signal })]);
    this.names = new Map(methods.map(({ name, displayName }) => [name, displayName]));
    form ??= startForm(models.filter(model => !model.volumeInput && model.outputs.length > 0), methods, () => page?.signal, name => page?.replace([name]));
    element.append(h('h1', null, 'Benchmarks'), h('p', { class: 'soft' }, 'How faithful maps are: pixels are replaced by their rank, and the logit is read. Sessions go on when this page is left.'),
      h('div', { class: 'columns' }, form, h('section', { class: 'card' }, h('h2', null, 'Sessions'), this.list)), this.sessions);
    await this.refresh();
    (this.params.get('sessions') ?? '').split(',').filter(Boolean).slice(0, most).forEach(id => this.open(`benchmarks/${id}`));
  }

  async refresh() {
    try {
      const { benchmarks } = await call('/v1/benchmarks', { signal: this.signal });
      this.later(benchmarks);
      this.list.replaceChildren(benchmarks.length > 0 ? tableOf('Sessions, the newest first', this.columns(), benchmarks) : h('p', { class: 'soft' }, 'None yet.'));
    } catch (error) {
      isAborted(error) || this.list.replaceChildren(report(error));
    }
  }

  // While one goes on, unless the table is being used.
  later(benchmarks) {
    clearTimeout(this.timer);
    if (!this.signal.aborted && benchmarks.some(({ state }) => !isFinal(state))) {
      this.timer = setTimeout(() => document.hidden || this.list.contains(document.activeElement) ? this.later(benchmarks) : this.refresh(), everySeconds * 1000);
    }
  }

  columns() {
    return [
      { title: 'Session', cell: benchmark => h('button', { type: 'button', onclick: () => this.replace([benchmark.name]) }, titleOf(benchmark.settings)) },
      { title: 'Methods', number: true, cell: benchmark => String(benchmark.settings.methods.length) },
      { title: 'State', cell: benchmark => `${stateWord(benchmark.state)}, ${benchmark.progress.measuredCount} of ${benchmark.progress.imageCount}` },
      { title: 'Begun', cell: benchmark => new Date(benchmark.createTime).toLocaleString() },
      { title: 'Side by side', cell: benchmark => h('button', { type: 'button', 'aria-label': `Compare with ${titleOf(benchmark.settings)}`, onclick: () => this.compare(benchmark.name) }, 'Compare') },
    ];
  }

  compare(name) {
    if (!this.shown.some(session => session.name === name)) {
      this.replace([...this.shown.slice(0, most - 1).map(session => session.name), name]);
    }
  }

  /** Shows just these. */
  replace(names) {
    this.shown.filter(session => !names.includes(session.name)).forEach(session => this.close(session));
    names.filter(name => !this.shown.some(session => session.name === name)).forEach(name => this.open(name));
    this.refresh();
  }

  open(name) {
    const session = new Session(name, method => this.names.get(method) ?? method, () => this.refresh(), () => this.close(session));
    this.shown.push(session);
    this.sessions.append(session.element);
    this.address();
    session.follow();
  }

  close(session) {
    session.leave();
    session.element.remove();
    this.shown = this.shown.filter(other => other !== session);
    this.address();
  }

  address() {
    const ids = this.shown.map(session => session.name.replace('benchmarks/', '')).join(',');
    ids ? this.params.set('sessions', ids) : this.params.delete('sessions');
    this.keep(this.params);
  }
}
