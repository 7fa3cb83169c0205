import { targetOf } from './view.js';

/**
 * The difference of two targets' maps, for each method that tells targets apart: what speaks for the first rather than for the second.
 * Of methods that are linear in the target it is the map of the difference of the two values.
 */
export function contrastOf(maps, [first, second]) {
  const of = (method, target) => maps.find(map => map.method === method && map.target && targetOf(map.target) === target);
  return [...new Set(maps.map(map => map.method))].flatMap(method => {
    const [plus, minus] = [of(method, first), of(method, second)];
    return plus && minus ? [difference(plus, minus)] : [];
  });
}

function difference(plus, minus) {
  return {
    ...plus,
    target: null,
    contrast: [plus.target, minus.target],
    scores: plus.scores.map((score, index) => score - minus.scores[index]),
    heads: plus.heads.map((head, number) => head.map((score, index) => score - minus.heads[number][index])),
  };
}
