/** What a map is of, for people: a class, a contrast of two, or every target. */
export function subjectOf(map) {
  if (map.contrast) {
    return `${map.contrast[0].displayName} − ${map.contrast[1].displayName}`;
  }

  return map.target?.displayName ?? 'every class';
}

/** A number with four digits that mean something. */
export function number(value) {
  const size = Math.abs(value);
  const text = size !== 0 && (size < 0.001 || size >= 100_000) ? value.toExponential(2) : value.toPrecision(4);
  return text.replaceAll('-', '−');
}

/** For file names: letters, digits and dashes. */
export const slugOf = text => text.replace(/ − /g, '-minus-').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');

export const percent = share => `${(share * 100).toFixed(share < 0.1 ? 2 : 1)} %`;
