import { h } from './dom.js';
import { CallError } from './api.js';

/** Shows an error in words. It is spoken, too. */
export function problem(error) {
  const violations = error.violations ?? [];
  return h('div', { class: 'problem', role: 'alert' },
    violations.length === 1 ? wordsOf(violations[0]) : violations.length === 0 ? error.message : h('ul', null, violations.map(violation => h('li', null, wordsOf(violation)))));
}

/**
 * Puts an error where it belongs: each field violation beside what the field was made of, everything else in `otherwise`.
 * @param places Elements by the beginnings of fields, for example `{ image: …, targets: … }`.
 */
export function place(error, places, otherwise) {
  const open = [];
  for (const violation of error.violations ?? []) {
    const name = Object.keys(places).find(start => violation.field === start || violation.field.startsWith(`${start}.`) || violation.field.startsWith(`${start}[`));
    if (name) {
      places[name].append(problem(new Error(wordsOf(violation))));
    } else {
      open.push(violation);
    }
  }

  if (open.length > 0 || (error.violations ?? []).length === 0) {
    otherwise.append(problem(error));
  }
}

// Most descriptions go on after the field's name, "is 0; must be 1 or more"; some are sentences.
const wordsOf = ({ field, description }) => /^[A-Z]/.test(description) ? description : `${field} ${description}`;

/** Whether somebody called the work off, which is no error. */
export const isAborted = error => error.name === 'AbortError';

/** An error of the page itself is a bug: it is shown all the same, and told to the console for whoever looks for it. */
export function report(error) {
  if (!(error instanceof CallError)) {
    console.error(error);
  }

  return problem(error);
}
