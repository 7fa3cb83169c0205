using Google.Protobuf;

namespace Cdam.System.Tests.Telemetry;

/// <summary>The fields of a protobuf message by their numbers, without its definition.</summary>
internal sealed class ProtobufFields
{
    private readonly List<(int Field, ulong Number, ByteString Bytes)> _fields = [];

    public ProtobufFields(ByteString message)
    {
        var input = message.CreateCodedInput();
        while (input.ReadTag() is not 0 and var tag)
        {
            var field = WireFormat.GetTagFieldNumber(tag);
            _fields.Add(WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => (field, input.ReadUInt64(), ByteString.Empty),
                WireFormat.WireType.Fixed64 => (field, input.ReadFixed64(), ByteString.Empty),
                WireFormat.WireType.Fixed32 => (field, input.ReadFixed32(), ByteString.Empty),
                _ => (field, 0UL, input.ReadBytes()),
            });
        }
    }

    public bool Has(int field) => _fields.Exists(entry => entry.Field == field);

    public ulong Number(int field) => _fields.Where(entry => entry.Field == field).Select(entry => entry.Number).FirstOrDefault();

    public string Text(int field) => Bytes(field).ToStringUtf8();

    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field).Span);

    public IEnumerable<ProtobufFields> Messages(int field) =>
        _fields.Where(entry => entry.Field == field).Select(entry => new ProtobufFields(entry.Bytes));

    private ByteString Bytes(int field) => _fields.Where(entry => entry.Field == field).Select(entry => entry.Bytes).FirstOrDefault(ByteString.Empty);
}
