using Cdam.Attribution.Checkpoints;

namespace Cdam.Attribution.Tests.Checkpoints;

public sealed class CheckpointTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Open_EachFormat_GivesTheSameTensor()
    {
        foreach (var content in new[] { TorchFiles.ZipPair(), TorchFiles.LegacyPair(), TorchFiles.SafetensorsPair() })
        {
            using var checkpoint = _scratch.Open(content);
            var (name, tensor) = Assert.Single(checkpoint.Tensors);
            Assert.Equal("x", name);
            Assert.Equal("x", tensor.Name);
            Assert.Equal([2L], tensor.Shape);
            Assert.Equal(8, tensor.ByteCount);
            Assert.Equal([1f, -2f], tensor.ReadFloat32());
        }
    }

    [Fact]
    public void Open_MissingFile_IsRefused()
    {
        var path = _scratch.NewPath();
        Assert.Contains(path, Assert.Throws<CheckpointException>(() => Checkpoint.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Directory_IsRefused() =>
        Assert.EndsWith(
            "is a directory, not a checkpoint file", Assert.Throws<CheckpointException>(() => Checkpoint.Open(_scratch.FullName)).Message);

    [Fact]
    public void Open_EmptyPath_IsRefused() => Assert.Throws<CheckpointException>(() => Checkpoint.Open(""));

    [Fact]
    public void Open_EmptyFile_IsRefused() => _scratch.AssertRefused([], "is empty");

    [Fact]
    public void Open_UnknownContent_IsRefusedWithItsFirstBytes() =>
        _scratch.AssertRefused("GGUF12345678"u8.ToArray(), "neither", "4747554631323334");

    [Fact]
    public void Open_LfsPointer_SaysHowToFetchIt() =>
        _scratch.AssertRefused("version https://git-lfs.github.com/spec/v1\noid sha256:0\n"u8.ToArray(), "Git LFS", "git lfs pull");

    [Fact]
    public void Open_TarFormat_IsRefusedByName()
    {
        var tar = new byte[1024];
        "sys_info"u8.CopyTo(tar);
        "ustar"u8.CopyTo(tar.AsSpan(257));
        _scratch.AssertRefused(tar, "tar archive");
    }

    [Fact]
    public void Read_AfterDispose_SaysSo()
    {
        var checkpoint = _scratch.Open(TorchFiles.SafetensorsPair());
        checkpoint.Dispose();
        Assert.Throws<ObjectDisposedException>(() => checkpoint.Tensors["x"].ReadBytes());
    }

    [Fact]
    public void Read_FileCutAfterOpening_IsRefused()
    {
        var path = _scratch.Write(TorchFiles.SafetensorsPair());
        using var checkpoint = Checkpoint.Open(path);
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(file.Length - 1);
        }

        var refusal = Assert.Throws<CheckpointException>(() => checkpoint.Tensors["x"].ReadBytes());
        Assert.Contains("when it was opened", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BeyondFourGigabytes_FindsTheTensor()
    {
        const long Large = 5_000_000_000;
        var header = $$"""
            {"large": {"dtype": "U8", "shape": [{{Large}}], "data_offsets": [0, {{Large}}]},
             "x": {"dtype": "F32", "shape": [2], "data_offsets": [{{Large}}, {{Large + 8}}]} }
            """;
        var path = _scratch.Write(TorchFiles.Safetensors(header, []));
        using (var file = new FileStream(path, FileMode.Open))
        {
            // The gap takes no space on file systems with sparse files.
            file.Position = file.Length + Large;
            file.Write(TorchFiles.PairData);
        }

        using var checkpoint = Checkpoint.Open(path);
        Assert.Equal([1f, -2f], checkpoint.Tensors["x"].ReadFloat32());
        var refusal = Assert.Throws<CheckpointException>(() => checkpoint.Tensors["large"].ReadBytes());
        Assert.Contains("'large' has 5000000000 bytes; at most", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadInt64_OfFloats_IsRefused()
    {
        using var checkpoint = _scratch.Open(TorchFiles.SafetensorsPair());
        var refusal = Assert.Throws<CheckpointException>(() => checkpoint.Tensors["x"].ReadInt64());
        Assert.Contains("'x' has type Float32", refusal.Message, StringComparison.Ordinal);
    }
}
