using Cdam.Attribution.Checkpoints;

namespace Cdam.Attribution.Tests.Checkpoints;

/// <summary>Whatever the bytes are, opening ends in a checkpoint or a CheckpointException, and costs little memory.</summary>
public sealed class HostileCheckpointTests : IDisposable
{
    /// <summary>Buffers and the search for a zip's end record.</summary>
    private const int FixedAllocation = 256 * 1024;

    /// <summary>
    /// Bytes of memory for a byte of file. The dearest are a second name for a tensor, two bytes of pickle for a key, an entry
    /// and a CheckpointTensor, and an empty dictionary, one byte for an object with a place on the stack.
    /// </summary>
    private const int AllocationFactor = 128;

    private readonly ScratchFolder _scratch = new();

    public static TheoryData<string> SmallFiles =>
        ["zip", "legacy", "safetensors", "head.pth", "lightning.ckpt", "backbone_legacy.pth", "model.safetensors"];

    public static TheoryData<string> Bombs =>
        ["lists", "dictionaries", "tuples", "memo", "numbers", "tensors", "header", "entries", "expanded", "text"];

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [MemberData(nameof(SmallFiles))]
    public void Open_TruncatedAnywhere_IsRefused(string name)
    {
        var path = _scratch.Write(Small(name));
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        // Every length of a small file; of a larger one those in the metadata, at both ends, and a sample of those between.
        var whole = file.Length;
        for (var length = whole - 1; length >= 0; length -= length > 5000 && length < whole - 500 ? 997 : 1)
        {
            file.SetLength(length);
            Assert.Throws<CheckpointException>(() => Checkpoint.Open(path).Dispose());
        }
    }

    [Theory]
    [MemberData(nameof(SmallFiles))]
    public void Open_WithRandomBytesChanged_EndsInACheckpointOrARefusal(string name)
    {
        var random = new Random(20240521);
        var sound = Small(name);
        var path = _scratch.Write(sound);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        for (var round = 0; round < 1500; round++)
        {
            // Mostly in the first and last kilobytes, where the metadata are.
            var range = random.Next(3) == 0 ? sound.Length : Math.Min(sound.Length, 6000);
            var position = random.Next(2) == 0 ? random.Next(range) : sound.Length - 1 - random.Next(range);
            var count = random.Next(1, Math.Min(4, sound.Length - position));
            var change = new byte[count];
            random.NextBytes(change);
            RandomAccess.Write(file.SafeFileHandle, change, position);
            OpenAndRead(path, sound.Length);
            RandomAccess.Write(file.SafeFileHandle, sound.AsSpan(position, count), position);
        }
    }

    [Theory]
    [MemberData(nameof(Bombs))]
    public void Open_Bomb_AllocatesLittle(string name) => OpenAndRead(_scratch.Write(Bomb(name)), Bomb(name).Length);

    private static void OpenAndRead(string path, int fileBytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using var checkpoint = Checkpoint.Open(path);
            AssertAllocation();
            foreach (var tensor in checkpoint.Tensors.Values.Take(100))
            {
                Assert.Equal(tensor.ByteCount, tensor.ReadBytes().Length);
                Assert.Equal(tensor.ElementCount, tensor.ReadFloat32().Length);
            }
        }
        catch (CheckpointException)
        {
            AssertAllocation();
        }

        void AssertAllocation() => Assert.InRange(
            GC.GetAllocatedBytesForCurrentThread() - before, 0, FixedAllocation + (long)AllocationFactor * fileBytes);
    }

    private static byte[] Small(string name) => name switch
    {
        "zip" => TorchFiles.ZipPair(),
        "legacy" => TorchFiles.LegacyPair(),
        "safetensors" => TorchFiles.SafetensorsPair(),
        _ => File.ReadAllBytes(ReferenceFolder.Path("torchvision-malignancy", name)),
    };

    private static byte[] Bomb(string name) => name switch
    {
        "lists" => Repeat("]\u0094"),
        "dictionaries" => Repeat("}"),
        "tuples" => Repeat("K\u0001\u0085"),
        "memo" => Repeat("N\u00940"),
        "numbers" => Repeat("M\u0001\u0001"),
        "tensors" => Tensors(),
        "header" => [.. PickleAssembler.LittleEndian(99_999_999, 8), .. "{\"x\":1}"u8],
        "entries" => new ZipBuilder { Zip64 = true, EntryCount = int.MaxValue }.Add("a/data.pkl", [0]).Build(),
        "expanded" => TorchFiles.Zip(
            new PickleAssembler().Tensor("FloatStorage", "0", 2, 0, [1L << 38], [0]).Stop(), ("0", TorchFiles.PairData)),
        "text" => TorchFiles.Legacy(new PickleAssembler().Op("X\u00ff\u00ff\u00ff\u007f").Stop()),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    private static byte[] Repeat(string opcodes) =>
        TorchFiles.Zip(new PickleAssembler().Op("](").Op(string.Concat(Enumerable.Repeat(opcodes, 200_000))).Op("e").Stop());

    /// <summary>One tensor of 64 dimensions under very many names.</summary>
    private static byte[] Tensors()
    {
        var ones = Enumerable.Repeat(1L, 64).ToArray();
        var pickle = new PickleAssembler().Op("](").Tensor("FloatStorage", "0", 2, 0, ones, ones).Op("q\0");
        return TorchFiles.Zip(pickle.Op(string.Concat(Enumerable.Repeat("h\0", 100_000))).Op("e").Stop(), ("0", TorchFiles.PairData));
    }
}
