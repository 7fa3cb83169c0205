import { askForKey, currentKey } from './key.js';

export const unreachable = 'The server cannot be reached. Is it running?';

/** A call that failed: the google.rpc.Status of the answer. */
export class CallError extends Error {
  /** @param status As JSON; `details` has, among others, a google.rpc.BadRequest where a field is at fault. */
  constructor(status, httpCode) {
    super(status?.message || `The server answered ${httpCode}.`);
    this.httpCode = httpCode;
    this.details = status?.details ?? [];
  }

  /** What is wrong with which field: `{ field, description }`, fields as in JSON with dots between. */
  get violations() {
    return this.details.flatMap(detail => detail.fieldViolations ?? []);
  }
}

/**
 * Calls the JSON API, and asks for an API key where the server wants one.
 * @param path With query, for example `/v1/models`.
 * @param options As of fetch; an object as `json` is sent as JSON.
 * @returns The response, which succeeded.
 * @throws CallError with the server's words; DOMException AbortError where `options.signal` was aborted.
 */
export async function request(path, { json, headers = {}, ...options } = {}) {
  const sent = json === undefined ? options : { method: 'POST', body: JSON.stringify(json), ...options };
  const type = json === undefined ? {} : { 'content-type': 'application/json' };
  while (true) {
    const key = currentKey();
    const response = await reach(path, { ...sent, headers: { ...type, ...headers, ...(key && { 'x-api-key': key }) } });
    if (response.ok) {
      return response;
    }

    const error = await errorOf(response);
    if (response.status !== 401 || !await askForKey(error.message)) {
      throw error;
    }
  }
}

/** As `request`; returns what the answer's JSON stands for. */
export async function call(path, options) {
  return (await request(path, options)).json();
}

/** As `request`, of a stream of lines; gives each line's object as it comes. A failure on the way ends it with a CallError. */
export async function* lines(path, options) {
  const reader = (await request(path, options)).body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    let rest = '';
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const parts = (rest + read.value).split('\n');
      rest = parts.pop();
      yield* parts.filter(part => part).map(message);
    }

    if (rest) {
      yield message(rest);
    }
  } finally {
    await reader.cancel();
  }
}

// Calls that failed on the way have their status in the last line.
function message(line) {
  const value = JSON.parse(line);
  if (value.error?.code && Object.keys(value).length === 1) {
    throw new CallError(value.error, 200);
  }

  return value;
}

async function reach(path, options) {
  try {
    return await fetch(path, options);
  } catch (fault) {
    throw fault.name === 'AbortError' ? fault : new CallError({ message: unreachable }, 0);
  }
}

async function errorOf(response) {
  const text = await response.text();
  try {
    return new CallError(JSON.parse(text), response.status);
  } catch {
    return new CallError({ message: text }, response.status);
  }
}
