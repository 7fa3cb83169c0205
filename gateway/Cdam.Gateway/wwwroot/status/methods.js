import { call } from '/js/api.js';
import { tableOf } from './table.js';

const columns = [
  { title: 'Method', cell: method => method.displayName },
  { title: 'Version', cell: method => method.definitionVersion },
  { title: 'Costs', cell: method => method.cost },
  { title: 'Defined by', cell: method => method.reference },
];

/** The estimators with the versions of their definitions. */
export async function methods(signal) {
  return tableOf('Methods', columns, (await call('/v1/methods', { signal })).methods);
}
