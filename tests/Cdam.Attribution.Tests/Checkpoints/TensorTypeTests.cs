using System.Runtime.InteropServices;
using Cdam.Attribution.Checkpoints;

namespace Cdam.Attribution.Tests.Checkpoints;

public sealed class TensorTypeTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    /// <summary>Storage class, type, three numbers as bytes, and as float32.</summary>
    public static TheoryData<string, TensorType, byte[], float[]> Types => new()
    {
        { "DoubleStorage", TensorType.Float64, Bytes(-3d, 0d, 1.1d), [-3, 0, 1.1f] },
        { "FloatStorage", TensorType.Float32, Bytes(-3f, 0f, 1f), [-3, 0, 1] },
        { "HalfStorage", TensorType.Float16, Bytes((Half)(-3), Half.Epsilon, (Half)2), [-3, 5.9604645e-8f, 2] },
        { "BFloat16Storage", TensorType.BFloat16, Bytes<ushort>(0xc040, 0x7f80, 0x0001), [-3, float.PositiveInfinity, 9.18355e-41f] },
        { "LongStorage", TensorType.Int64, Bytes(-3L, 0L, 1L << 40), [-3, 0, 1L << 40] },
        { "IntStorage", TensorType.Int32, Bytes(-3, 0, 1 << 30), [-3, 0, 1 << 30] },
        { "ShortStorage", TensorType.Int16, Bytes<short>(-3, 0, 1), [-3, 0, 1] },
        { "CharStorage", TensorType.Int8, Bytes<sbyte>(-3, 0, 1), [-3, 0, 1] },
        { "ByteStorage", TensorType.UInt8, Bytes<byte>(253, 0, 1), [253, 0, 1] },
        { "BoolStorage", TensorType.Bool, Bytes<byte>(1, 0, 1), [1, 0, 1] },
    };

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [MemberData(nameof(Types))]
    public void Read_EveryType_ConvertsToFloat32(string storage, TensorType type, byte[] data, float[] expected)
    {
        var pickle = new PickleAssembler().Op("}").Text("x").Tensor(storage, "0", 3, 0, [3], [1]).Op("s").Stop();
        var safetensors = _scratch.NewPath();
        SafetensorsWriter.Write(safetensors, [new SafetensorsEntry("x", type, [3], data)]);
        foreach (var path in new[] { _scratch.Write(TorchFiles.Zip(pickle, ("0", data))), safetensors })
        {
            using var checkpoint = Checkpoint.Open(path);
            var tensor = checkpoint.Tensors["x"];
            Assert.Equal(type, tensor.Type);
            Assert.Equal(data, tensor.ReadBytes());
            Assert.Equal(expected, tensor.ReadFloat32());
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Read_IntegerTypes_ConvertToInt64(string storage, TensorType type, byte[] data, float[] expected)
    {
        var pickle = new PickleAssembler().Op("}").Text("x").Tensor(storage, "0", 3, 0, [3], [1]).Op("s").Stop();
        using var checkpoint = _scratch.Open(TorchFiles.Legacy(pickle, ("0", 3, data)));
        if (type is TensorType.Float64 or TensorType.Float32 or TensorType.Float16 or TensorType.BFloat16)
        {
            Assert.Throws<CheckpointException>(() => checkpoint.Tensors["x"].ReadInt64());
        }
        else
        {
            Assert.Equal(Array.ConvertAll(expected, x => (long)x), checkpoint.Tensors["x"].ReadInt64());
        }
    }

    [Fact]
    public void ByteSize_NoMember_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => ((TensorType)99).ByteSize());

    private static byte[] Bytes<T>(params T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes<T>(values).ToArray();
}
