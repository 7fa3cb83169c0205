import { blend, magnitude, subdue } from './colours.js';

/**
 * Draws a map over the picture that it explains.
 * @param canvas Takes the picture's size.
 * @param map Of the JSON API: `scores`, `rows`, `columns`, `upsampling`.
 * @param picture ImageData of the prepared picture; not altered.
 * @param opacity Of the strongest score, 0 to 1; at 0 the picture is shown as it is.
 */
export function drawMap(canvas, map, picture, opacity) {
  const { width, height } = picture;
  const drawn = new ImageData(new Uint8ClampedArray(picture.data), width, height);
  if (opacity > 0) {
    const most = magnitude(map.scores) || 1;
    const valueAt = sampler(map, width, height);
    for (let y = 0, at = 0; y < height; y++) {
      for (let x = 0; x < width; x++, at += 4) {
        subdue(drawn.data, at);
        blend(drawn.data, at, valueAt(x, y) / most, opacity);
      }
    }
  }

  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d').putImageData(drawn, 0, 0);
}

/** How the scores of patches become those of pixels: by repetition, or linearly between the patches' centres. */
function sampler({ scores, rows, columns, upsampling }, width, height) {
  if (upsampling !== 'MAP_UPSAMPLING_BILINEAR') {
    return (x, y) => scores[Math.floor(y * rows / height) * columns + Math.floor(x * columns / width)];
  }

  const [across, down] = [axis(columns, width), axis(rows, height)];
  return (x, y) => {
    const [horizontal, vertical] = [across[x], down[y]];
    const between = row => {
      const left = scores[row * columns + horizontal.first];
      return left + horizontal.weight * (scores[row * columns + horizontal.second] - left);
    };
    const above = between(vertical.first);
    return above + vertical.weight * (between(vertical.second) - above);
  };
}

// Centre on centre; beyond the outermost centres the score is held.
function axis(cells, pixels) {
  return Array.from({ length: pixels }, (_, pixel) => {
    const position = Math.min(Math.max((pixel + 0.5) * cells / pixels - 0.5, 0), cells - 1);
    const first = Math.floor(position);
    return { first, second: Math.min(first + 1, cells - 1), weight: position - first };
  });
}
