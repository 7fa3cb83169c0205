// Explains pictures with @grpc/grpc-js; the messages are read from the .proto files at run time, nothing is generated.
//
//   npm ci
//   node explain.js HOST:PORT models/ID TARGET IMAGE...
//
// TARGET is an output's name, or concept:ID. One image is a unary call, several go through one stream. Prints a line of JSON
// for each image: its name and the raw scores of its CDAM map. Faults go to standard error, with their google.rpc details.
'use strict';

const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Readable } = require('node:stream');
const { promisify } = require('node:util');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const LIMIT = 64 << 20; // as the server's; grpc-js accepts 4 MiB unless told otherwise
const PATIENCE = 60_000; // milliseconds; without a deadline a call may wait for ever
const definitions = loader.loadSync(
  ['cdam/v1/explainer_service.proto', 'google/rpc/status.proto', 'google/rpc/error_details.proto'],
  { includeDirs: [join(__dirname, '../../../protos')], keepCase: true, oneofs: true, enums: String, longs: String });
const { ExplainerService } = grpc.loadPackageDefinition(definitions).cdam.v1;

function request(model, target, image) {
  const [, concept_id] = target.match(/^concept:(.+)/) ?? [];
  return { model, image: { encoded: readFileSync(image) }, targets: [concept_id ? { concept_id } : { output: target }] };
}

function print(image, map) {
  console.log(JSON.stringify({ image, scores: map.scores }));
}

// A google.rpc.Status, from a call's trailers or from an item of a stream.
function report(status) {
  console.error(`${grpc.status[status.code]}: ${status.message}`);
  for (const { type_url, value } of status.details ?? []) {
    const name = type_url.split('/').pop();
    console.error(`  ${name} ${JSON.stringify(definitions[name]?.deserialize(value))}`);
  }
  process.exitCode = 1;
}

async function explainStream(client, metadata, model, target, images) {
  const call = client.ExplainStream(metadata, { deadline: Date.now() + PATIENCE });
  function* requests() {
    for (const [id, image] of images.entries()) yield { id: `${id}`, request: request(model, target, image) };
  }
  // pipe() writes no faster than the server reads; answers are read meanwhile, in whichever order they come.
  Readable.from(requests()).pipe(call);
  for await (const { id, event, map, error } of call) {
    if (event === 'map') print(images[id], map);
    if (event === 'error') report(error);
  }
}

async function main([address, model, target, ...images]) {
  const client = new ExplainerService(address, grpc.credentials.createInsecure(), {
    'grpc.max_receive_message_length': LIMIT, 'grpc.max_send_message_length': LIMIT,
  });
  // With it the gateway knows the model's pool before the first message comes.
  const metadata = new grpc.Metadata();
  metadata.set('cdam-model', model);
  try {
    if (images.length === 1) {
      const explain = promisify(client.Explain.bind(client));
      const answer = await explain(request(model, target, images[0]), metadata, { deadline: Date.now() + PATIENCE });
      print(images[0], answer.maps[0]);
    } else {
      await explainStream(client, metadata, model, target, images);
    }
  } catch (fault) {
    const [details] = fault.metadata?.get('grpc-status-details-bin') ?? [];
    if (fault.code === undefined) throw fault;
    report(details ? definitions['google.rpc.Status'].deserialize(details) : { code: fault.code, message: fault.details });
  } finally {
    client.close();
  }
}

main(process.argv.slice(2));
