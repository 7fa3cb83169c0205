/** Means over the images that were measured so far, from a session's events. */
export class Tally {
  constructor() {
    this.images = [];
    this.failed = [];
    this.final = null;
    this.progress = null;
    this.settings = null;
    this.lastEvent = 0;
  }

  /** Takes an event; the same one twice counts once. */
  take(event) {
    if (Number(event.number) <= this.lastEvent) {
      return;
    }

    this.lastEvent = Number(event.number);
    this.progress = event.progress ?? this.progress;
    if (event.started) {
      this.settings = event.started.settings;
    } else if (event.imageMeasured) {
      this.images.push(event.imageMeasured);
    } else if (event.imageFailed) {
      this.failed.push(event.imageFailed);
    } else if (event.finished) {
      this.final = event.finished;
    }
  }

  get methods() {
    return this.settings?.methods.map(method => method.name) ?? [];
  }

  /** Rows `{ method, means }`, means `{ metric, mean, count, lower, upper }`: the server's own once it has ended. */
  get rows() {
    if (this.final?.table) {
      return this.final.table.rows.map(({ method, means }) => ({ method, means: means.map(({ metric, mean, imageCount, lower, upper }) => ({ metric, mean, count: imageCount, lower, upper })) }));
    }

    return this.methods.map(method => ({ method, means: this.settings.metrics.map(metric => this.meanOf(method, metric)) }));
  }

  meanOf(method, metric) {
    const values = this.resultsOf(method).map(result => result.values.find(value => value.metric === metric)?.value).filter(Number.isFinite);
    return { metric, count: values.length, mean: values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : undefined };
  }

  /** Curves `{ name, curves }`, a mean over images for each method. */
  get charts() {
    const names = [...new Set(this.images.flatMap(image => image.results.flatMap(result => result.curves.map(curve => curve.name))))];
    return names.map(name => ({ name, curves: this.methods.map(method => this.curveOf(method, name)).filter(Boolean) }));
  }

  curveOf(method, name) {
    const curves = this.resultsOf(method).map(result => result.curves.find(curve => curve.name === name)).filter(curve => curve?.y.every(Number.isFinite));
    return curves.length === 0 ? null
      : { name: method, x: curves[0].x, y: curves[0].x.map((_, index) => curves.reduce((sum, curve) => sum + curve.y[index], 0) / curves.length) };
  }

  resultsOf(method) {
    return this.images.flatMap(image => image.results.filter(result => result.method === method));
  }
}
