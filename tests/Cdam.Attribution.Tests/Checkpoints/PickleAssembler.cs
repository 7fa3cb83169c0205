using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Cdam.Attribution.Tests.Checkpoints;

/// <summary>Writes pickle programs opcode by opcode, sound or not.</summary>
internal sealed class PickleAssembler
{
    private readonly ArrayBufferWriter<byte> _code = new();

    public PickleAssembler() => Raw(0x80, 2);

    public PickleAssembler Raw(params ReadOnlySpan<byte> bytes)
    {
        _code.Write(bytes);
        return this;
    }

    public PickleAssembler Op(string opcodes) => Raw(Encoding.Latin1.GetBytes(opcodes));

    public PickleAssembler Text(string text) => Op("X").Raw(LittleEndian(text.Length, 4)).Op(text);

    public PickleAssembler Integer(long number) => Raw(0x8a, 8).Raw(LittleEndian(number, 8));

    public PickleAssembler Integers(IEnumerable<long> numbers)
    {
        Op("(");
        foreach (var number in numbers)
        {
            Integer(number);
        }

        return Op("t");
    }

    public PickleAssembler Global(string module, string name) => Op($"c{module}\n{name}\n");

    public PickleAssembler Put(int index) => Op("r").Raw(LittleEndian(index, 4));

    public PickleAssembler Get(int index) => Op("j").Raw(LittleEndian(index, 4));

    public PickleAssembler Storage(string type, string key, long count) =>
        Op("(").Text("storage").Global("torch", type).Text(key).Text("cpu").Integer(count).Op("tQ");

    /// <summary>What torch.save writes for a tensor.</summary>
    public PickleAssembler Tensor(string type, string key, long count, long offset, long[] shape, long[] strides) =>
        Global("torch._utils", "_rebuild_tensor_v2")
            .Op("(")
            .Storage(type, key, count)
            .Integer(offset)
            .Integers(shape)
            .Integers(strides)
            .Op("\u0089")
            .Global("collections", "OrderedDict")
            .Op(")RtR");

    public PickleAssembler Then(Func<PickleAssembler, PickleAssembler> more) => more(this);

    /// <summary>A state dict of one tensor named "x", two float32 in storage "0".</summary>
    public static byte[] OnePair() =>
        new PickleAssembler().Op("}").Text("x").Tensor("FloatStorage", "0", 2, 0, [2], [1]).Op("s").Stop();

    public byte[] Stop()
    {
        Op(".");
        return _code.WrittenSpan.ToArray();
    }

    public static byte[] LittleEndian(long number, int byteCount)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        return bytes[..byteCount];
    }
}
