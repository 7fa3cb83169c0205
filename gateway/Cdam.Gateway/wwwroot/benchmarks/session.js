import { call, lines } from '/js/api.js';
import { h } from '/js/dom.js';
import { isAborted, problem, report } from '/js/problem.js';
import { chartOf } from '/benchmarks/chart.js';
import { reportButtons } from '/benchmarks/report.js';
import { resultsTable } from '/benchmarks/results-table.js';
import { Tally } from '/benchmarks/tally.js';
import { stateOf, titleOf } from '/benchmarks/words.js';

const axes = { mif: ['pixels replaced, %', 'logit'], lif: ['pixels replaced, %', 'logit'], box: ['side of the box, pixels', 'correlation'] };
const titles = { mif: 'Most important first', lif: 'Least important first', box: 'Boxes' };
const pauseMs = 1000;
const wait = ms => new Promise(resolve => setTimeout(resolve, ms));

/** One session, followed as it goes. */
export class Session {
  /** @param nameOf A method's name for people. @param onEnd Told when it ends while it is followed. */
  constructor(name, nameOf, onEnd, onClose) {
    Object.assign(this, { name, nameOf, onEnd, tally: new Tally(), control: new AbortController(), drawing: false });
    this.bar = h('progress', { max: 1, 'aria-label': 'Images measured' });
    this.status = h('p', { role: 'status' });
    this.stop = h('button', { type: 'button', onclick: () => this.cancel() }, 'Cancel the session');
    this.faults = h('div');
    this.results = h('div');
    this.title = h('h2', null, 'Session');
    this.element = h('section', { class: 'card session', 'aria-label': `Session ${name.slice(-6)}` },
      h('div', { class: 'row' }, this.title, h('button', { type: 'button', onclick: onClose }, 'Close')), this.bar, this.status,
      h('div', { class: 'row' }, this.stop, reportButtons(name, this.control.signal)), this.faults, this.results);
  }

  /** Follows until it ends or `leave` is called; a lost connection is taken up where it was. */
  async follow() {
    const { signal } = this.control;
    while (!this.tally.final && !signal.aborted) {
      try {
        for await (const { event } of lines(`/v1/${this.name}:attach?fromEvent=${this.tally.lastEvent + 1}`, { signal })) {
          this.tally.take(event);
          this.draw();
        }

        this.faults.replaceChildren();
      } catch (error) {
        if (isAborted(error) || error.httpCode === 404 || error.httpCode === 400) {
          isAborted(error) || this.faults.replaceChildren(report(error));
          return;
        }

        this.faults.replaceChildren(problem(new Error(`${error.message} Trying again.`)));
        await wait(pauseMs);
      }
    }

    this.onEnd();
  }

  leave() {
    this.control.abort();
  }

  async cancel() {
    this.stop.disabled = true;
    try {
      await call(`/v1/${this.name}:cancel`, { json: {}, signal: this.control.signal });
      this.status.textContent = 'It ends in a moment.';
    } catch (error) {
      this.stop.disabled = false;
      this.faults.replaceChildren(report(error));
    }
  }

  // Once a frame, however fast events come.
  draw() {
    if (!this.drawing) {
      this.drawing = true;
      requestAnimationFrame(() => {
        this.drawing = false;
        this.drawNow();
      });
    }
  }

  drawNow() {
    const { tally } = this;
    const { imageCount, measuredCount, failedCount } = tally.progress;
    this.title.textContent = titleOf(tally.settings);
    this.bar.max = imageCount || 1;
    this.bar.value = measuredCount + failedCount;
    this.stop.hidden = Boolean(tally.final);
    this.status.textContent = stateOf(tally);
    if (tally.images.length > 0) {
      this.results.replaceChildren(resultsTable('Means over images', tally, this.nameOf), h('div', { class: 'charts' }, tally.charts.filter(chart => chart.curves.length > 0).map(chart => this.chart(chart))),
        tally.failed.length > 0 ? h('ul', { class: 'problem' }, tally.failed.map(image => h('li', null, `${image.name}: ${image.error.message}`))) : '');
    }
  }

  chart({ name, curves }) {
    const kind = name.replace('_wrong_class', '');
    const [x, y] = axes[kind] ?? ['', ''];
    const named = curves.map(curve => ({ ...curve, name: this.nameOf(curve.name) }));
    return chartOf(`${titles[kind] ?? kind}${name === kind ? '' : ', wrong class'}`, named, { x, y });
  }
}
