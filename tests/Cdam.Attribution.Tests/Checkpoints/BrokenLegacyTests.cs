namespace Cdam.Attribution.Tests.Checkpoints;

public sealed class BrokenLegacyTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void MagicNumber_Wrong_IsRefused() =>
        _scratch.AssertRefused(new PickleAssembler().Integer(5).Stop(), "does not begin with PyTorch's magic number");

    [Fact]
    public void MagicNumber_ThatIsAProgram_IsRefusedByName() =>
        _scratch.AssertRefused(new PickleAssembler().Global("os", "system").Stop(), "the magic number, byte 2", "'os.system'");

    [Fact]
    public void Version_Wrong_IsRefused() =>
        _scratch.AssertRefused(TorchFiles.Header(1002, true), "protocol version 1002; it must be 1001");

    [Fact]
    public void ByteOrder_Big_IsRefused() => _scratch.AssertRefused(TorchFiles.Header(1001, false), "little endian");

    [Fact]
    public void Storage_OffTheList_IsRefused() =>
        _scratch.AssertRefused(TorchFiles.Legacy(PickleAssembler.OnePair()), "'0' is not in the list of storages");

    [Fact]
    public void Storage_Unknown_IsRefused() => _scratch.AssertRefused(
        TorchFiles.Legacy(PickleAssembler.OnePair(), ("7", 2, TorchFiles.PairData)), "item 0 of the list of storages");

    [Fact]
    public void Storage_Twice_IsRefused() => _scratch.AssertRefused(
        TorchFiles.Legacy(PickleAssembler.OnePair(), ("0", 2, TorchFiles.PairData), ("0", 2, TorchFiles.PairData)), "'0' stands twice");

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(1L << 62)]
    public void Storage_LongerThanTheFile_IsRefused(long count) => _scratch.AssertRefused(
        TorchFiles.Legacy(PickleAssembler.OnePair(), ("0", count, TorchFiles.PairData)), $"storage '0' claims {count} elements");

    [Fact]
    public void Storage_OfAnotherCount_IsRefused() => _scratch.AssertRefused(
        TorchFiles.Legacy(PickleAssembler.OnePair(), ("0", 1, TorchFiles.PairData[..4])), "2 elements of type Float32; there are 4 bytes");

    [Fact]
    public void Bytes_AfterTheLastStorage_AreRefused() =>
        _scratch.AssertRefused([.. TorchFiles.LegacyPair(), 0], "the storages end at offset");

    [Theory]
    [InlineData(1, 2)]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(long.MaxValue, 2)]
    public void View_OutsideItsStorage_IsRefused(long offset, long count)
    {
        var pickle = new PickleAssembler().Op("(").Text("storage").Global("torch", "FloatStorage").Text("0").Text("cpu").Integer(2)
            .Op("(").Text("view").Integer(offset).Integer(count).Op("ttQ").Stop();
        _scratch.AssertRefused(TorchFiles.Legacy(pickle), $"a view of {count} elements at {offset} leaves its storage, which has 2");
    }

    [Fact]
    public void StorageList_Missing_IsRefused() => _scratch.AssertRefused(
        [.. TorchFiles.Header(1001, true), .. PickleAssembler.OnePair(), .. new PickleAssembler().Op("N").Stop()], "no list of storages");
}
