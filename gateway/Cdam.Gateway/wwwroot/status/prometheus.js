/**
 * Reads Prometheus' text format.
 * @returns Samples in the order of the text: `{ name, labels, value }`.
 */
export function samplesOf(text) {
  return text.split('\n').filter(line => line && !line.startsWith('#')).map(sample).filter(found => found);
}

function sample(line) {
  const match = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)/.exec(line);
  return match && { name: match[1], labels: labelsOf(match[2] ?? ''), value: Number(match[3].replace('Inf', 'Infinity')) };
}

function labelsOf(text) {
  const labels = [...text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)];
  return Object.fromEntries(labels.map(([, name, value]) => [name, value.replace(/\\(.)/g, (_, letter) => letter === 'n' ? '\n' : letter)]));
}
