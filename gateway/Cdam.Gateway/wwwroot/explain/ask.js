import { call } from '/js/api.js';
import { floatsOf, imageDataOf } from '/js/wire.js';
import { conceptOf, parameters, targetOf } from './view.js';

// What tokens are read with, whether its map is asked for or not.
const attention = 'attention';

/** How many outputs are explained where nobody has chosen any. */
export const usualTop = 2;

/** The query of an Explain call, which goes before the picture's bytes. */
export function queryOf(view, known, more = {}) {
  const query = new URLSearchParams();
  for (const target of view.targets) {
    const concept = conceptOf(target);
    query.append(concept === null ? 'targets.index' : 'targets.conceptId', concept ?? target);
  }

  for (const name of view.methods) {
    query.append('methods.name', name);
    const has = known.find(method => method.name === name)?.parameters ?? [];
    for (const [key, { field, json }] of Object.entries(parameters)) {
      if (view[key] && has.some(parameter => parameter.name === field)) {
        query.append(`methods.${json}`, view[key]);
      }
    }
  }

  Object.entries(more).forEach(([name, value]) => query.append(name, value));
  return query.toString();
}

/**
 * Explains a picture.
 * @param model Of ListModels; @param known of ListMethods.
 * @returns `maps` that were asked for, with their `heads`; `attention`, the same of the attention; `file` as given; `picture`, ImageData of what the
 * model looked at; and `logits`, `layout`, `timings` as answered.
 */
export async function ask(view, model, known, file, signal) {
  const asked = view.methods.includes(attention) ? view : { ...view, methods: [...view.methods, attention] };
  // A model without head has no largest logits: all its ready concepts are meant then.
  const top = view.targets.length === 0 && model.outputs.length > 0 ? { 'targets.top': Math.min(usualTop, model.outputs.length) } : {};
  const query = queryOf(asked, known, { ...top, 'mapOptions.includeHeads': true, 'mapOptions.includePreparedImage': true });
  const answer = await call(`/v1/${model.name}:explain?${query}`, {
    method: 'POST', body: file, headers: { 'content-type': 'application/octet-stream' }, signal,
  });
  const maps = answer.maps.map(map => ({ ...map, heads: map.headRelevance ? headsOf(map) : [] }));
  return {
    file,
    picture: imageDataOf(answer.preparedImage.picture),
    layout: answer.tokenLayout,
    logits: answer.logits,
    timings: answer.timings,
    attention: maps.find(map => map.method === attention),
    maps: maps.filter(map => view.methods.includes(map.method)),
    targets: [...new Set(maps.filter(map => map.target).map(map => targetOf(map.target)))],
  };
}

/** Each head's scores. */
function headsOf(map) {
  const values = floatsOf(map.headRelevance);
  const size = map.rows * map.columns;
  return Array.from({ length: values.length / size }, (_, head) => values.subarray(head * size, (head + 1) * size));
}
