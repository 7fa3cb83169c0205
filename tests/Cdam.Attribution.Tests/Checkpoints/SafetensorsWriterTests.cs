using System.Text;
using Cdam.Attribution.Checkpoints;
using CsCheck;

namespace Cdam.Attribution.Tests.Checkpoints;

public sealed class SafetensorsWriterTests : IDisposable
{
    private static readonly Gen<SafetensorsEntry> Entries =
        from name in Gen.String[Gen.Char[' ', '\u04ff'], 0, 12]
        from type in Gen.Enum<TensorType>()
        from shape in Gen.Long[0, 4].Array[0, 4]
        from data in Gen.Byte.Array[(int)shape.Aggregate(1L, (count, size) => count * size) * type.ByteSize()]
        select new SafetensorsEntry(name, type, shape, data);

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Write_AnyTensors_AreReadBackTheSame()
    {
        var metadata = Gen.Dictionary(Gen.String[Gen.Char[' ', '\u04ff'], 0, 6], Gen.String[Gen.Char['\0', '\u04ff'], 0, 6])[0, 3];
        Entries.Array[0, 6].Select(metadata).Sample(
            (entries, notes) =>
            {
                var tensors = entries.DistinctBy(entry => entry.Name).ToList();
                var path = _scratch.NewPath();
                SafetensorsWriter.Write(path, tensors, notes);
                using var checkpoint = Checkpoint.Open(path);
                Assert.Equal(notes.OrderBy(note => note.Key, StringComparer.Ordinal), checkpoint.Metadata);
                Assert.Equal(tensors.Count, checkpoint.Tensors.Count);
                foreach (var tensor in tensors)
                {
                    var read = checkpoint.Tensors[tensor.Name];
                    Assert.Equal(tensor.Type, read.Type);
                    Assert.Equal(tensor.Shape, read.Shape);
                    Assert.Equal(tensor.Data, read.ReadBytes());
                }
            },
            iter: 200,
            threads: 1);
    }

    [Fact]
    public void Write_InAnyOrder_GivesTheseBytes()
    {
        SafetensorsEntry[] tensors =
        [
            new("b", TensorType.Bool, [1], new byte[] { 1 }),
            new("z", TensorType.Int64, [], new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }),
            new("a", TensorType.UInt8, [0], Array.Empty<byte>()),
        ];
        var first = _scratch.NewPath();
        var second = _scratch.NewPath();
        SafetensorsWriter.Write(first, tensors, new Dictionary<string, string> { ["y"] = "2", ["x"] = "1" });
        SafetensorsWriter.Write(second, [.. tensors.Reverse()], new Dictionary<string, string> { ["x"] = "1", ["y"] = "2" });
        const string Header =
            """{"__metadata__":{"x":"1","y":"2"},"z":{"dtype":"I64","shape":[],"data_offsets":[0,8]}"""
            + ""","a":{"dtype":"U8","shape":[0],"data_offsets":[8,8]},"b":{"dtype":"BOOL","shape":[1],"data_offsets":[8,9]}}""";
        var padded = Header.PadRight((Header.Length + 7) / 8 * 8);
        Assert.Equal(TorchFiles.Safetensors(padded, [1, 2, 3, 4, 5, 6, 7, 8, 1]), File.ReadAllBytes(first));
        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
    }

    [Fact]
    public void Write_ReferenceModel_KeepsEveryTensor()
    {
        using var model = Checkpoint.Open(ReferenceFolder.Path("dino-linear", "model.safetensors"));
        var path = _scratch.NewPath();
        var entries = model.Tensors.Values.Select(t => new SafetensorsEntry(t.Name, t.Type, t.Shape, t.ReadBytes()));
        SafetensorsWriter.Write(path, [.. entries], model.Metadata);
        using var copy = Checkpoint.Open(path);
        Assert.Equal("pt", copy.Metadata["format"]);
        Assert.Equal(model.Tensors.Count, copy.Tensors.Count);
        Assert.All(model.Tensors.Values, tensor => Assert.Equal(tensor.ReadBytes(), copy.Tensors[tensor.Name].ReadBytes()));
    }

    [Fact]
    public void Write_OverAFile_ReplacesItAndLeavesNothingElse()
    {
        var path = _scratch.Write("old"u8.ToArray());
        SafetensorsWriter.Write(path, []);
        Assert.Equal(Encoding.ASCII.GetBytes("\u0008\0\0\0\0\0\0\0{}      "), File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_scratch.FullName));
    }

    [Fact]
    public void Write_WhereTheTargetIsAFolder_LeavesNoTemporaryFile()
    {
        var path = _scratch.NewPath();
        Directory.CreateDirectory(path);
        Assert.ThrowsAny<Exception>(() => SafetensorsWriter.Write(path, []));
        Assert.Empty(Directory.GetFiles(_scratch.FullName));
    }

    [Theory]
    [InlineData("x", new long[] { 2 }, "needs 2 bytes; it has 1")]
    [InlineData("x", new[] { long.MaxValue, long.MaxValue }, "it has 1")]
    [InlineData("x", new[] { -1L }, "size of tensor 'x'")]
    [InlineData("__metadata__", new long[] { 1 }, "reserved or taken twice")]
    public void Write_BrokenEntry_IsRefused(string name, long[] shape, string message)
    {
        var entry = new SafetensorsEntry(name, TensorType.UInt8, shape, new byte[1]);
        var refusal = Assert.ThrowsAny<ArgumentException>(() => SafetensorsWriter.Write(_scratch.NewPath(), [entry]));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NameTwice_IsRefused()
    {
        var entry = new SafetensorsEntry("x", TensorType.UInt8, [1], new byte[1]);
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(_scratch.NewPath(), [entry, entry]));
    }
}
