"""Learns the messages of a gRPC service from the server itself, with nothing but grpcio and protobuf.

Where the packages grpcio-reflection or grpcio-tools can be installed, they do the same or generate the classes.
"""
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

METHOD = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"
FILE_BY_FILENAME, FILE_CONTAINING_SYMBOL = 3, 4  # fields of the request
FILE_DESCRIPTOR_RESPONSE = 4  # field of the answer


class Reflection:
    """Message classes by their full names, for example ``cdam.v1.ExplainRequest``."""

    def __init__(self, channel, *symbols):
        self._call = channel.stream_stream(METHOD, request_serializer=bytes, response_deserializer=bytes)
        self._pool, self._files, self._added = descriptor_pool.DescriptorPool(), {}, set()
        for symbol in symbols:
            self._ask(FILE_CONTAINING_SYMBOL, symbol)
        for name in list(self._files):
            self._add(name)

    def __getitem__(self, name):
        descriptor = self._pool.FindMessageTypeByName(name)
        if hasattr(message_factory, "GetMessageClass"):
            return message_factory.GetMessageClass(descriptor)
        return message_factory.MessageFactory(self._pool).GetPrototype(descriptor)  # protobuf before 4.22

    def _ask(self, number, text):
        for answer in self._call(iter([_text_field(number, text)]), timeout=60):
            for field, value in _fields(answer):
                if field == FILE_DESCRIPTOR_RESPONSE:
                    for _, file in _fields(value):
                        proto = descriptor_pb2.FileDescriptorProto.FromString(file)
                        self._files.setdefault(proto.name, proto)

    def _add(self, name):
        """A file can be added only after those that it imports."""
        if name in self._added:
            return
        self._added.add(name)
        if name not in self._files:
            self._ask(FILE_BY_FILENAME, name)
        for dependency in self._files[name].dependency:
            self._add(dependency)
        self._pool.Add(self._files[name])


# The reflection service's own messages have no classes here: few enough to be read and written by hand.


def _varint(value):
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out + bytes([value]))


def _text_field(number, text):
    data = text.encode()
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def _fields(data):
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
