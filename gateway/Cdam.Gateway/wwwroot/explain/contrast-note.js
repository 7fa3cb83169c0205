import { h } from '/js/dom.js';

/**
 * What a contrast says of a method whose maps are cut off at zero: nothing in them speaks against a class, so neither does anything in their
 * difference. Null where the method's maps are signed, or where nothing of it is contrasted.
 * @param method Of ListMethods.
 */
export function contrastNote(method, maps) {
  const contrast = maps.find(map => map.method === method.name && map.contrast)?.contrast;
  if (!contrast || method.signed) {
    return null;
  }

  const [first, second] = contrast.map(target => target.displayName);
  return h('p', { class: 'soft' }, `${method.displayName} leaves out what speaks against a class. Its contrast says where one map is the stronger: `,
    h('span', { class: 'against' }, 'cyan-blue'), ` is more for ${second} than for ${first}, not against ${first}.`);
}
