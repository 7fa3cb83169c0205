/** What models of lung nodules answer, on the scales of LIDC-IDRI, with its words for their ends. */
const findings = [
  { name: 'subtlety', low: 1, high: 5, ends: ['extremely subtle', 'obvious'] },
  { name: 'calcification', low: 1, high: 6, ends: ['popcorn', 'absent'] },
  { name: 'margin', low: 1, high: 5, ends: ['poorly defined', 'sharp'] },
  { name: 'lobulation', low: 1, high: 5, ends: ['none', 'marked'] },
  { name: 'spiculation', low: 1, high: 5, ends: ['none', 'marked'] },
  // Of nodules; masses are larger.
  { name: 'diameter', low: 0, high: 30, unit: 'mm', ends: ['0 mm', '30 mm'] },
  { name: 'texture', low: 1, high: 5, ends: ['ground glass', 'solid'] },
  { name: 'sphericity', low: 1, high: 5, ends: ['linear', 'round'] },
];

const sigmoid = logit => 1 / (1 + Math.exp(-logit));
const rating = finding => value => finding.unit ? `${value.toFixed(1)} ${finding.unit}` : `${value.toFixed(1)} on ${finding.low} to ${finding.high}`;

/**
 * How an output is shown: `name`, `low`, `high` and `ends` of its scale, `valueOf` what the model said, `write` in words, and `read`, what
 * the readers of a sample said, if known.
 */
export function findingOf(model, output, nodule) {
  if (model.kind === 'MODEL_KIND_MALIGNANCY') {
    return malignancy(nodule);
  }

  const known = findings.find(finding => finding.name === output.names[0]) ?? { name: output.names[0], ends: ['', ''] };
  const read = nodule?.biomarkers[known.name];
  return { ...known, valueOf: value => value, write: rating(known), read, readInWords: read === undefined ? null : rating(known)(read) };
}

// The model's probability is that of a mean reading above 3; the readings are drawn where they lie between 1 and 5.
function malignancy(nodule) {
  return {
    name: 'malignancy', low: 0, high: 1, ends: ['benign', 'malignant'],
    valueOf: sigmoid, write: value => `${(100 * value).toFixed(0)} %`,
    read: nodule && (nodule.malignancy - 1) / 4,
    readInWords: nodule ? `${nodule.malignancy.toFixed(1)} on 1 to 5` : null,
  };
}
