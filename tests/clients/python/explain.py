"""Explains pictures with nothing but grpcio: the messages are learned from the server by reflection.

    python3 explain.py HOST:PORT models/ID TARGET IMAGE...

TARGET is an output's name, or concept:ID. One image is a unary call, several go through one stream. Prints a line of JSON
for each image: its name and the raw scores of its CDAM map. Faults go to standard error, with their google.rpc details.
Needs grpcio and protobuf (Debian: python3-grpcio, python3-protobuf).
"""
import json
import sys

import grpc
from google.protobuf import json_format

from reflection import Reflection

SERVICE = "cdam.v1.ExplainerService"
LIMIT = 64 << 20  # as the server's; grpcio accepts 4 MiB unless told otherwise
PATIENCE = 60  # seconds; without a deadline a call may wait for ever
CODES = {code.value[0]: code.name for code in grpc.StatusCode}


class Client:
    """The two calls that explain."""

    def __init__(self, channel, model):
        self.messages = Reflection(channel, SERVICE, "google.rpc.ErrorInfo")
        self._model = model
        # With it the gateway knows the model's pool before the first message comes.
        self._metadata = [("cdam-model", model)]
        self._explain = channel.unary_unary(f"/{SERVICE}/Explain", **self._serializers("Explain"))
        self._stream = channel.stream_stream(f"/{SERVICE}/ExplainStream", **self._serializers("ExplainStream"))

    def _serializers(self, method):
        return {"request_serializer": self.messages[f"cdam.v1.{method}Request"].SerializeToString,
                "response_deserializer": self.messages[f"cdam.v1.{method}Response"].FromString}

    def request(self, target, image):
        request = self.messages["cdam.v1.ExplainRequest"](model=self._model)
        with open(image, "rb") as file:
            request.image.encoded = file.read()
        concept = target.startswith("concept:")
        request.targets.add(**({"concept_id": target[len("concept:"):]} if concept else {"output": target}))
        return request

    def explain(self, target, image):
        return self._explain(self.request(target, image), metadata=self._metadata, timeout=PATIENCE).maps[0]

    def explain_stream(self, target, images):
        """Yields (image, map, status), one of the last two None, in whichever order the answers come."""
        stream_request = self.messages["cdam.v1.ExplainStreamRequest"]
        requests = (stream_request(id=str(i), request=self.request(target, image)) for i, image in enumerate(images))
        for answer in self._stream(requests, metadata=self._metadata, timeout=PATIENCE):
            event = answer.WhichOneof("event")
            if event == "map":
                yield images[int(answer.id)], answer.map, None
            elif event == "error":
                yield images[int(answer.id)], None, answer.error

    def report(self, status):
        """Prints a google.rpc.Status."""
        print(f"{CODES[status.code]}: {status.message}", file=sys.stderr)
        for detail in status.details:
            message = self.messages[detail.TypeName()].FromString(detail.value)
            print(f"  {detail.TypeName()} {json_format.MessageToDict(message)}", file=sys.stderr)


def show(image, explained):
    print(json.dumps({"image": image, "scores": list(explained.scores)}))


def main():
    address, model, target, *images = sys.argv[1:]
    options = [("grpc.max_receive_message_length", LIMIT), ("grpc.max_send_message_length", LIMIT)]
    failed = False
    with grpc.insecure_channel(address, options) as channel:
        client = Client(channel, model)
        try:
            if len(images) == 1:
                show(images[0], client.explain(target, images[0]))
            for image, explained, status in client.explain_stream(target, images) if len(images) > 1 else ():
                if explained is None:
                    client.report(status)
                    failed = True
                else:
                    show(image, explained)
        except grpc.RpcError as fault:
            details = dict(fault.trailing_metadata() or ()).get("grpc-status-details-bin")
            if details is None:
                raise
            client.report(client.messages["google.rpc.Status"].FromString(details))
            failed = True
    sys.exit(failed)


if __name__ == "__main__":
    main()
