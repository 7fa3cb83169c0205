/**
 * Pictures to begin with, from a seed that no model was trained on: numbers 0, 3, 4 and 5 of
 * `cdam scenes out/samples --set two-objects --seed 7 --count 6 --side 112`.
 */
export const samples = [
  { id: 'gear-crescent', file: '/samples/000004.png', title: 'A checked gear and a crescent' },
  { id: 'cross-star', file: '/samples/000005.png', title: 'A cross and a dotted star' },
  { id: 'arrow-mug', file: '/samples/000000.png', title: 'A dotted arrow and a mug' },
  { id: 'gear-arrow', file: '/samples/000003.png', title: 'A dotted gear and a marbled arrow' },
];

/** In the place of a sample's id: a person's own picture, which no address can hold. */
export const ownSample = 'own';
