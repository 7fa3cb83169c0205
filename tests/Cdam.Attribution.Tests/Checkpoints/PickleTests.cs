namespace Cdam.Attribution.Tests.Checkpoints;

/// <summary>What pickles may hold beside tensors, and how nesting becomes names.</summary>
public sealed class PickleTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Names_OfNestedContainers_AreJoinedByDots() => AssertNames(
        ["a.1.b", "-7", "lone.0"],
        new PickleAssembler().Op("}(")
            .Text("a").Op("](N").Op("}").Text("b").Then(Pair).Op("s").Op("e")
            .Integer(-7).Then(Pair)
            .Text("lone").Then(Pair).Op("\u0085")
            .Op("N").Then(Pair) // A key that is neither text nor a number names nothing.
            .Text("empty").Op("}")
            .Op("u"));

    [Fact]
    public void Names_OfALoneTensor_AreEmpty() => AssertNames([""], new PickleAssembler().Then(Pair));

    [Fact]
    public void Names_OfOneTensorUnderTwoKeys_AreBothThere() =>
        AssertNames(["a", "b"], new PickleAssembler().Op("}(").Text("a").Then(Pair).Put(0).Text("b").Get(0).Op("u"));

    [Fact]
    public void Names_OfAParameter_AreThoseOfItsTensor() => AssertNames(
        ["p"],
        new PickleAssembler().Op("}").Text("p").Global("torch._utils", "_rebuild_parameter")
            .Op("(").Then(Pair).Op("\u0088").Global("collections", "OrderedDict").Op(")RtRs"));

    [Fact]
    public void OrderedDict_WithAttributes_IgnoresThem() => AssertNames(
        ["x"],
        new PickleAssembler().Global("collections", "OrderedDict").Op(")R")
            .Text("x").Then(Pair).Op("s")
            .Op("}").Text("_metadata").Then(Pair).Op("s").Op("b"));

    [Fact]
    public void OrderedDict_OfPython2_IsMadeOfPairs() => AssertNames(
        ["x"],
        new PickleAssembler().Global("collections", "OrderedDict").Op("(](](").Op("U\u0001x").Then(Pair).Op("eetR"));

    [Fact]
    public void UntypedStorage_WithADtype_IsReadAsThatType()
    {
        var pickle = new PickleAssembler().Op("}").Text("x").Global("torch._utils", "_rebuild_tensor_v3").Op("(")
            .Op("(").Text("storage").Global("torch.storage", "UntypedStorage").Text("0").Text("cpu").Integer(8).Op("tQ")
            .Integer(0).Integers([2]).Integers([1]).Op("\u0089").Global("collections", "OrderedDict").Op(")R")
            .Global("torch", "float32").Op("tRs").Stop();
        using var checkpoint = _scratch.Open(TorchFiles.Zip(pickle, ("0", TorchFiles.PairData)));
        Assert.Equal([1f, -2f], checkpoint.Tensors["x"].ReadFloat32());
    }

    [Fact]
    public void LegacyView_IntoAStorage_StartsAtItsOffset()
    {
        var pickle = new PickleAssembler().Op("}").Text("x").Global("torch._utils", "_rebuild_tensor").Op("(")
            .Op("(").Text("storage").Global("torch", "FloatStorage").Text("0").Text("cpu").Integer(2)
            .Op("(").Text("view").Integer(1).Integer(1).Op("ttQ")
            .Integer(0).Integers([1]).Integers([1]).Op("tRs").Stop();
        using var checkpoint = _scratch.Open(TorchFiles.Legacy(pickle, ("0", 2, TorchFiles.PairData)));
        Assert.Equal([-2f], checkpoint.Tensors["x"].ReadFloat32());
    }

    /// <summary>What published checkpoints carry beside their weights is skipped, not refused.</summary>
    [Theory]
    [InlineData("argparse", "Namespace")]
    [InlineData("pathlib", "PosixPath")]
    [InlineData("numpy", "dtype")]
    [InlineData("numpy.core.multiarray", "scalar")]
    [InlineData("numpy._core.multiarray", "_reconstruct")]
    [InlineData("_codecs", "encode")]
    [InlineData("builtins", "set")]
    [InlineData("__builtin__", "xrange")]
    [InlineData("torch", "device")]
    public void InertClass_WithState_IsSkipped(string module, string name) => AssertNames(
        ["x"],
        new PickleAssembler().Op("}(")
            .Text("args").Global(module, name).Text("any").Op("\u0085R}").Text("lr").Op("G").Raw(new byte[8]).Op("sb")
            .Text("again").Global(module, name).Op(")\u0081}b")
            .Text("x").Then(Pair)
            .Op("u"));

    [Fact]
    public void LightningAttributes_AreADictionary() => AssertNames(
        ["hyper_parameters.x"],
        new PickleAssembler().Op("}").Text("hyper_parameters")
            .Global("pytorch_lightning.utilities.parsing", "AttributeDict").Op(")\u0081").Text("x").Then(Pair).Op("ss"));

    [Fact]
    public void Protocol4_FramesAndMemos_AreRead()
    {
        var pickle = new PickleAssembler().Raw(0x80, 4, 0x95).Raw(new byte[8])
            .Op("}\u0094\u008c\u0001x\u0094")
            .Op("\u008c\u0005torch\u0094\u008c\u000cFloatStorage\u0094\u00930")
            .Then(Pair).Op("s").Stop();
        using var checkpoint = _scratch.Open(TorchFiles.Zip(pickle, ("0", TorchFiles.PairData)));
        Assert.Equal([1f, -2f], checkpoint.Tensors["x"].ReadFloat32());
    }

    [Fact]
    public void EveryScalar_IsSkipped() => AssertNames(
        ["x"],
        new PickleAssembler().Op("}(")
            .Text("scalars").Op("(N\u0088\u0089K\u0001M\u0001\u0002J\u0001\u0002\u0003\u0004C\u0001yB\u0001\0\0\0yT\u0001\0\0\0y")
            .Op("\u008a\u0009\0\0\0\0\0\0\0\0\u0001")
            .Op("\u008d\u0001\0\0\0\0\0\0\0y\u008e\u0001\0\0\0\0\0\0\0y\u0096\u0001\0\0\0\0\0\0\0y")
            .Op("\u008f(K\u0001\u0090(K\u0001\u0091(K\u0001K\u00021(NN10")
            .Op("]K\u0001aK\u0001K\u0002\u0086t")
            .Text("x").Then(Pair).Op("u"));

    private static PickleAssembler Pair(PickleAssembler pickle) => pickle.Tensor("FloatStorage", "0", 2, 0, [2], [1]);

    private void AssertNames(string[] names, PickleAssembler pickle)
    {
        var code = pickle.Stop();
        var data = TorchFiles.PairData;
        foreach (var content in new[] { TorchFiles.Zip(code, ("0", data)), TorchFiles.Legacy(code, ("0", 2, data)) })
        {
            using var checkpoint = _scratch.Open(content);
            Assert.Equal(names, checkpoint.Tensors.Keys);
            Assert.All(checkpoint.Tensors.Values, tensor => Assert.Equal([1f, -2f], tensor.ReadFloat32()));
        }
    }
}
