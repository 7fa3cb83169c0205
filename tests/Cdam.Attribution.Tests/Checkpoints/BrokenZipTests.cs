namespace Cdam.Attribution.Tests.Checkpoints;

public sealed class BrokenZipTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Zip64_AsPyTorchWritesIt_IsRead()
    {
        using var checkpoint = _scratch.Open(Sound(new ZipBuilder { Zip64 = true }).Add("a/byteorder", "little"u8.ToArray()).Build());
        Assert.Equal([1f, -2f], checkpoint.Tensors["x"].ReadFloat32());
    }

    [Fact]
    public void ByteOrder_Big_IsRefused() =>
        _scratch.AssertRefused(Sound().Add("a/byteorder", "big"u8.ToArray()).Build(), "the byte order 'big'");

    [Theory]
    [InlineData("a/constants.pkl")]
    [InlineData("a/code/__torch__.py")]
    public void TorchScript_IsRefusedByName(string name) => _scratch.AssertRefused(Sound().Add(name, [0]).Build(), "TorchScript");

    [Fact]
    public void Pickles_Two_AreRefused() =>
        _scratch.AssertRefused(Sound().Add("b/data.pkl", PickleAssembler.OnePair()).Build(), "holds both 'a/data.pkl' and 'b/data.pkl'");

    [Fact]
    public void Pickle_Missing_IsRefused() =>
        _scratch.AssertRefused(new ZipBuilder().Add("a/notes.txt", [0]).Build(), "without any FOLDER/data.pkl");

    [Fact]
    public void Pickle_WithBytesAfterIt_IsRefused() =>
        _scratch.AssertRefused(TorchFiles.Zip([.. PickleAssembler.OnePair(), 0], ("0", TorchFiles.PairData)), "its pickle ends after");

    [Fact]
    public void Storage_Missing_IsRefused() =>
        _scratch.AssertRefused(TorchFiles.Zip(PickleAssembler.OnePair()), "there is no zip entry 'archive/data/0'");

    [Theory]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(0)]
    public void Storage_OfAnotherSize_IsRefused(int size) => _scratch.AssertRefused(
        TorchFiles.Zip(PickleAssembler.OnePair(), ("0", new byte[size])), $"2 elements of type Float32; there are {size} bytes");

    [Fact]
    public void Storage_Compressed_IsRefused() => _scratch.AssertRefused(
        Pickle().Add(Storage with { Method = 8 }).Build(), "'a/data/0' is compressed (method 8)");

    [Fact]
    public void Pickle_Compressed_IsRefused() => _scratch.AssertRefused(
        new ZipBuilder().Add(new ZipBuilderEntry("a/data.pkl", [0]) { Method = 8, UncompressedSize = 1 << 30 }).Build(),
        "'a/data.pkl' is compressed");

    [Fact]
    public void Entry_Encrypted_IsRefused() =>
        _scratch.AssertRefused(Pickle().Add(Storage with { Flags = 1 }).Build(), "'a/data/0' is encrypted");

    [Fact]
    public void Entry_Twice_IsRefused() =>
        _scratch.AssertRefused(Sound().Add(Storage).Build(), "'a/data/0' stands twice in the directory");

    [Fact]
    public void Entry_OverAnother_IsRefused()
    {
        var shared = Pickle().Add(Storage with { LocalName = "a/data/1" }).Build();
        _scratch.AssertRefused(shared, "does not agree with the directory");
        var inside = new ZipBuilder().Add(Storage).Build()[..(30 + 8 + 8)];
        _scratch.AssertRefused(
            new ZipBuilder().Add("outer", inside).Add(Storage with { Offset = 35 }).Build(), "'a/data/0' at offset 35 overlaps 'outer'");
    }

    [Theory]
    [InlineData(8 + 1)]
    [InlineData(1L << 31)]
    [InlineData(uint.MaxValue)]
    public void Entry_PastTheDirectory_IsRefused(long size) => _scratch.AssertRefused(
        Pickle().Add(Storage with { Size = size }).Build(), "zip entry 'a/data/0'");

    [Fact]
    public void Entry_StoredWithTwoSizes_IsRefused() =>
        _scratch.AssertRefused(Pickle().Add(Storage with { UncompressedSize = 80 }).Build(), "8 bytes in the archive and 80 outside");

    [Theory]
    [InlineData(1, false)]
    [InlineData(1L << 30, false)]
    [InlineData(1L << 62, true)]
    [InlineData(-1, true)]
    public void Entry_WithAWrongOffset_IsRefused(long offset, bool wide) =>
        _scratch.AssertRefused(new ZipBuilder { Zip64 = wide }.Add(Storage with { Offset = offset }).Build());

    [Fact]
    public void Sizes_NegativeInZip64_AreRefused() =>
        _scratch.AssertRefused(new ZipBuilder { Zip64 = true }.Add(Storage with { Size = -8 }).Build(), "lacks a size or offset");

    [Theory]
    [InlineData(1, "bytes after its 1 entries")]
    [InlineData(3, "the zip directory")]
    [InlineData(30000, "claims 30000 entries in")]
    public void EntryCount_Wrong_IsRefused(int count, string message)
    {
        foreach (var wide in new[] { false, true })
        {
            _scratch.AssertRefused(Sound(new ZipBuilder { EntryCount = count, Zip64 = wide }).Build(), message);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(uint.MaxValue)]
    public void DirectoryOffset_Wrong_IsRefused(uint offset) =>
        _scratch.AssertRefused(Sound(new ZipBuilder { DirectoryOffset = offset }).Build(), "the zip directory claims");

    [Fact]
    public void Zip64Locator_PointingNowhere_IsRefused()
    {
        var file = Sound(new ZipBuilder { Zip64 = true }).Build();
        var locator = file.Length - 22 - 20;
        file[locator + 8]--;
        _scratch.AssertRefused(file, "no zip64 end record");
        file[locator + 15] = 0x7f;
        _scratch.AssertRefused(file, "the zip64 end record is said to be at");
    }

    [Fact]
    public void Directory_Damaged_IsRefused()
    {
        var file = Sound().Build();
        file[^(22 + 46 + Storage.Name.Length)] ^= 1;
        _scratch.AssertRefused(file, "the zip directory is damaged 54 bytes before its end");
    }

    [Fact]
    public void EndRecord_Missing_IsRefused() =>
        _scratch.AssertRefused([.. "PK\u0003\u0004"u8, .. new byte[100]], "has no end record");

    [Fact]
    public void Names_WithControlCharacters_AreMaskedInMessages()
    {
        var refusal = new ZipBuilder().Add("b\n\u001b[31m/data.pkl", [0]).Add("a/data.pkl", [0]).Build();
        _scratch.AssertRefused(refusal, "'b??[31m/data.pkl'");
        _scratch.AssertRefused(
            new ZipBuilder().Add(new string('n', 5000) + "/data.pkl", [0]).Add("a/data.pkl", [0]).Build(), "nnn…'");
    }

    private static ZipBuilderEntry Storage => new("a/data/0", TorchFiles.PairData);

    private static ZipBuilder Pickle(ZipBuilder? zip = null) => (zip ?? new ZipBuilder()).Add("a/data.pkl", PickleAssembler.OnePair());

    private static ZipBuilder Sound(ZipBuilder? zip = null) => Pickle(zip).Add(Storage);
}
