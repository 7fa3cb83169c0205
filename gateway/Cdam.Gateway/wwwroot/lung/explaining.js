import { call } from '/js/api.js';
import { imageDataOf } from '/js/wire.js';

const order = ['MODEL_KIND_MALIGNANCY', 'MODEL_KIND_BIOMARKER'];

/** The views in which models see a place, in the order in which they are shown. */
export const views = [
  { id: 'VIEW_AXIAL', title: 'axial' },
  { id: 'VIEW_CORONAL', title: 'coronal' },
  { id: 'VIEW_SAGITTAL', title: 'sagittal' },
];

/** Models that read volumes, those of malignancy first. */
export async function lungModels(signal) {
  const { models } = await call('/v1/models?pageSize=1000', { signal });
  return models.filter(model => model.volumeInput && order.includes(model.kind)).sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
}

/**
 * Asks a model about a place.
 * @param volume As Volume.neighbourhood gives it.
 * @returns For each output `{ output, value, maps }`, maps by view, and `pictures`, what the model saw, by view.
 */
export async function explainPlace(model, volume, method, signal) {
  const answer = await call(`/v1/${model.name}:explain`, {
    json: { image: { volume }, targets: [{ all: true }], methods: [{ name: method }], mapOptions: { includePreparedImage: true } },
    signal,
  });
  const outputs = model.outputs.map(output => ({
    output,
    value: answer.logits[output.index],
    maps: Object.fromEntries(answer.maps.filter(map => isOf(map, output)).map(map => [map.view, map])),
  }));
  return { outputs, pictures: Object.fromEntries(answer.preparedViews.map(({ view, image }) => [view, imageDataOf(image.picture)])), answer };
}

// Methods that do not depend on the target give one map for all outputs.
const isOf = (map, output) => !map.target || map.target.outputIndex === output.index;
