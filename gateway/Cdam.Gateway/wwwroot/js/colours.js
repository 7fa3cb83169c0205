/**
 * The paper's diverging colours, as the server's DivergingColors and MapRenderer draw them: orange for, cyan-blue against; a map is
 * scaled by its own largest magnitude.
 */

const positive = [255, 0.651 * 255, 0];
const negative = [0, 0.890 * 255, 255];

/** The largest magnitude of some scores, 0 where all are 0. */
export const magnitude = scores => scores.reduce((most, score) => Math.max(most, Math.abs(score)), 0);

/** A picture's pixel beneath a map: greyed and darkened, so that scores stand out. Writes into `rgba` at `at`. */
export function subdue(rgba, at) {
  const grey = 0.75 * (0.299 * rgba[at] + 0.587 * rgba[at + 1] + 0.114 * rgba[at + 2]);
  for (let channel = at; channel < at + 3; channel++) {
    rgba[channel] = 0.75 * (grey + 0.25 * rgba[channel]) + 0.5;
  }
}

/**
 * Blends a score's hue over a pixel.
 * @param value Score over the map's largest magnitude, −1 to 1.
 * @param opacity At magnitude 1; it falls linearly to 0 at a score of zero.
 */
export function blend(rgba, at, value, opacity) {
  const hue = value < 0 ? negative : positive;
  const alpha = Math.abs(value) * opacity;
  for (let channel = 0; channel < 3; channel++) {
    rgba[at + channel] = alpha * hue[channel] + (1 - alpha) * rgba[at + channel] + 0.5;
  }
}
