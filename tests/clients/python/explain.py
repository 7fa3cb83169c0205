"""Explains a picture with nothing but grpcio: the messages are learned from the server by reflection.

    python3 explain.py HOST:PORT models/ID picture.rgb WIDTH HEIGHT CLASS_INDEX

prints the CDAM scores of the class as a JSON list. Needs grpcio and protobuf (Debian: python3-grpcio, python3-protobuf).
"""
import json
import sys

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

SERVICE = "cdam.v1.ExplainerService"


def varint(value):
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out + bytes([value]))


def text_field(number, text):
    data = text.encode()
    return varint(number << 3 | 2) + varint(len(data)) + data


def fields(data):
    """The length-delimited fields of a message: all that reflection's answers need."""
    position = 0

    def read():
        nonlocal position
        value = shift = 0
        while True:
            byte = data[position]
            position += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while position < len(data):
        key = read()
        if key & 7 == 0:
            read()
            continue
        length = read()
        yield key >> 3, data[position:position + length]
        position += length


def reflect(channel):
    """Asks for the files that define the service; the reflection service itself has no message classes here."""
    call = channel.stream_stream("/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
                                 request_serializer=bytes, response_deserializer=bytes)
    pool, known = descriptor_pool.DescriptorPool(), {}

    def ask(request):
        for answer in call(iter([request])):
            for number, value in fields(answer):
                if number == 4:  # file_descriptor_response
                    for _, file in fields(value):
                        proto = descriptor_pb2.FileDescriptorProto.FromString(file)
                        known.setdefault(proto.name, proto)

    def add(name, done):
        if name in done:
            return
        if name not in known:
            ask(text_field(3, name))  # file_by_filename
        for dependency in known[name].dependency:
            add(dependency, done)
        pool.Add(known[name])
        done.add(name)

    ask(text_field(4, SERVICE))  # file_containing_symbol
    done = set()
    for name in list(known):
        add(name, done)
    return pool


def main():
    address, model, path, width, height, index = sys.argv[1:]
    with grpc.insecure_channel(address) as channel:
        pool = reflect(channel)
        factory = message_factory.MessageFactory(pool)
        request_type = factory.GetPrototype(pool.FindMessageTypeByName("cdam.v1.ExplainRequest"))
        response_type = factory.GetPrototype(pool.FindMessageTypeByName("cdam.v1.ExplainResponse"))
        explain = channel.unary_unary(f"/{SERVICE}/Explain", request_serializer=request_type.SerializeToString,
                                      response_deserializer=response_type.FromString)
        request = request_type(model=model)
        request.image.picture.width, request.image.picture.height = int(width), int(height)
        with open(path, "rb") as picture:
            request.image.picture.rgb = picture.read()
        request.targets.add().index = int(index)
        response = explain(request, timeout=60)
    print(json.dumps(list(response.maps[0].scores)))


if __name__ == "__main__":
    main()
