namespace Cdam.Attribution.Tests.Checkpoints;

public sealed class BrokenSafetensorsTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    /// <summary>Each with eight bytes of data.</summary>
    [Theory]
    [InlineData("""{"x":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}""", "'F8_E4M3', which is not supported")]
    [InlineData("""{"x":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "need 12 bytes")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "need 4 bytes after the header; the file has 8")]
    [InlineData("""{"x":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", "need 12 bytes after the header; the file has 8")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "[4, 8]; it must begin at 0")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "[8, 0]")]
    [InlineData(
        """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"y":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
        "'y' has data_offsets [4, 8]; it must begin at 8")]
    [InlineData(
        """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""",
        "'x' stands twice")]
    [InlineData("""{"x":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "the field 'dtype'")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1}}""", "the field 'more'")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2]}}""", "lacks one of")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4,8]}}""", "not two numbers")]
    [InlineData("""{"x":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "shape must be")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", "shape must be")]
    [InlineData("""{"x":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}""", "is a JSON String; it must be a Number")]
    [InlineData("""{"x":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}""", "shape must be")]
    [InlineData("""{"x":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}""", "more elements than 64 bits can count")]
    [InlineData("""{"x":{"dtype":"F32","shape":[274877906944],"data_offsets":[0,8]}}""", "more bytes than the whole file")]
    [InlineData("""{"x":{"dtype":7,"shape":[2],"data_offsets":[0,8]}}""", "dtype is a JSON Number")]
    [InlineData("""{"x":[1]}""", "it must be a StartObject")]
    [InlineData("""{"x":{"shape":[[[[1]]]]}}""", "not valid JSON")]
    [InlineData("""{"__metadata__":{"a":1}}""", "'a' is a JSON Number")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", "'a' stands twice")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", "'__metadata__' stands twice")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "not valid JSON")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} more""", "not valid JSON")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},}""", "not valid JSON")]
    [InlineData("{", "not valid JSON")]
    public void Header_ThatBreaksARule_IsRefused(string header, string message) =>
        _scratch.AssertRefused(TorchFiles.Safetensors(header, new byte[8]), message);

    [Theory]
    [InlineData(100_000_001)]
    [InlineData(60)]
    [InlineData(-1)]
    public void HeaderLength_LongerThanTheFile_IsRefused(long length) =>
        _scratch.AssertRefused(
            [.. PickleAssembler.LittleEndian(length, 8), .. "{}      "u8],
            "the safetensors header claims",
            "the file has 8 after that number");

    [Fact]
    public void Header_Padded_IsAccepted()
    {
        using var empty = _scratch.Open(TorchFiles.Safetensors("{}      ", []));
        Assert.Empty(empty.Tensors);
    }
}
