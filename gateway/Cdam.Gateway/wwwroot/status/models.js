import { call } from '/js/api.js';
import { h } from '/js/dom.js';
import { tableOf } from './table.js';

const kinds = {
  MODEL_KIND_CLASS: 'classes',
  MODEL_KIND_CONCEPT: 'concepts',
  MODEL_KIND_MALIGNANCY: 'malignancy',
  MODEL_KIND_BIOMARKER: 'biomarkers',
};

const columns = [
  { title: 'Model', cell: model => h('span', null, h('strong', null, model.name.replace('models/', '')), h('br'), h('span', { class: 'soft' }, model.displayName)) },
  { title: 'Answers', cell: model => kinds[model.kind] ?? model.kind },
  { title: 'Outputs', number: true, cell: model => String(model.outputs.length || model.concepts.length) },
  { title: 'Input', cell: model => model.inputWidth ? `${model.inputWidth} × ${model.inputHeight}, patches of ${model.patchSize}` : `patches of ${model.patchSize}` },
  { title: 'Network', cell: model => `${model.depth} blocks × ${model.embeddingDim}, ${model.headCount} heads` },
  { title: 'Device', cell: model => `${model.device}, ${model.dataType}` },
  { title: 'Checkpoint', cell: model => h('code', { title: model.checkpointSha256.join(' ') }, model.checkpointSha256.map(hash => hash.slice(0, 10)).join(' ')) },
  { title: 'Licence', cell: model => model.licence || 'none stated' },
];

/** The models of all pools. */
export async function models(signal) {
  const answer = await call('/v1/models?pageSize=1000', { signal });
  return answer.models.length > 0
    ? tableOf('Models', columns, answer.models)
    : h('p', null, 'No explainer behind this gateway has a model.');
}
