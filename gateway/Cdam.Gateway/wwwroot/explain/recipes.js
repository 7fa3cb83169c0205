import { copyable } from '/js/copyable.js';
import { h } from '/js/dom.js';
import { queryOf } from './ask.js';
import { ownSample } from './samples.js';
import { conceptOf, parameters } from './view.js';

/**
 * The same explanation from a terminal, to copy: with the targets that are shown, whoever chose them.
 * @param grpcPort The gateway's own, for calls without TLS.
 */
export function recipes(view, model, known, file, grpcPort) {
  const grpcAddress = addressFor(grpcPort);
  const id = model.name.replace('models/', '');
  const name = quoted(file);
  return h('details', { class: 'card' }, h('summary', null, 'The same from a terminal'),
    view.sample !== ownSample && copyable('The picture', `curl -O ${location.origin}/samples/${file}`),
    copyable('Command line', commandOf(view, id, known, name, grpcAddress)),
    copyable('curl', `curl --data-binary @${name} -H 'content-type: application/octet-stream' \\\n  '${location.origin}/v1/${model.name}:explain?${queryOf(view, known)}'`),
    copyable('gRPC (grpcurl)', grpcOf(view, model, known, name, grpcAddress)),
    h('p', { class: 'soft' }, 'Without TLS gRPC has a port of its own: shown is the gateway\'s, and behind a proxy it may be another. ./cdam is the launcher in a clone of ',
      'this project. Where the server asks for a key, add --api-key KEY, or -H \'x-api-key: KEY\'.'));
}

// With TLS one address has both.
const addressFor = grpcPort => location.protocol === 'https:' ? location.host : `${location.hostname}:${grpcPort}`;

const quoted = text => /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll('\'', '\'\\\'\'')}'`;

function commandOf(view, id, known, name, grpcAddress) {
  const given = view.targets.map(target => ` --target ${quoted(target)}`).join('');
  const options = Object.entries(parameters)
    .filter(([key, { field }]) => view[key] && chosen(view, known).some(method => method.parameters.some(parameter => parameter.name === field)))
    .map(([key, { option }]) => ` ${option} ${quoted(view[key])}`);
  const server = `${location.protocol}//${grpcAddress}`;
  return `./cdam explain ${name} --server ${server} --model ${quoted(id)} \\\n ${given} --method ${view.methods.join(',')}${options.join('')} --out out`;
}

function grpcOf(view, model, known, name, grpcAddress) {
  const message = {
    model: model.name,
    image: { encoded: 'PICTURE' },
    targets: view.targets.map(target => conceptOf(target) === null ? { index: Number(target) } : { conceptId: conceptOf(target) }),
    methods: chosen(view, known).map(method => ({ name: method.name, ...parametersOf(view, method) })),
  };
  const [before, after] = JSON.stringify(message).replaceAll('\'', '\'\\\'\'').split('PICTURE');
  const plain = location.protocol === 'https:' ? '' : ' -plaintext';
  return `{ printf %s '${before}'; base64 -w0 ${name}; printf %s '${after}'; } |\n  grpcurl${plain} -d @ ${grpcAddress} cdam.v1.ExplainerService/Explain`;
}

const chosen = (view, known) => view.methods.map(name => known.find(method => method.name === name)).filter(method => method);

function parametersOf(view, method) {
  const has = Object.entries(parameters).filter(([key, { field }]) => view[key] && method.parameters.some(parameter => parameter.name === field));
  return Object.fromEntries(has.map(([key, { json }]) => [json, Number(view[key])]));
}
