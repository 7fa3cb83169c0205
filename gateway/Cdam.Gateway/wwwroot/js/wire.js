/** What the JSON API sends as base64. */

export const bytesOf = base64 => Uint8Array.from(atob(base64), character => character.charCodeAt(0));

export function base64Of(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += 32_768) {
    text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  }

  return btoa(text);
}

/** The values of a float32 Tensor. */
export function floatsOf(tensor) {
  const bytes = bytesOf(tensor.data);
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => view.getFloat32(index * 4, true));
}

/** A Picture (R G B) as ImageData. */
export function imageDataOf({ width, height, rgb }) {
  const bytes = bytesOf(rgb);
  const image = new ImageData(width, height);
  for (let from = 0, to = 0; from < bytes.length; from += 3, to += 4) {
    image.data.set(bytes.subarray(from, from + 3), to);
    image.data[to + 3] = 255;
  }

  return image;
}
