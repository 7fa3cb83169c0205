using System.Diagnostics;

namespace Cdam.Attribution.Tests.Checkpoints;

/// <summary>Pickles that would run code, never end, or make no sense.</summary>
public sealed class BrokenPickleTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("os", "system")]
    [InlineData("posix", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("builtins", "getattr")]
    [InlineData("__builtin__", "exec")]
    [InlineData("subprocess", "Popen")]
    [InlineData("torch.storage", "_load_from_bytes")]
    [InlineData("torch", "ComplexFloatStorage")]
    [InlineData("torchvision.models.vision_transformer", "VisionTransformer")]
    public void Global_OffTheList_IsRefusedByName(string module, string name)
    {
        var code = new PickleAssembler().Global(module, name).Text("touch /nowhere").Op("\u0085R").Stop();
        Refuse(code, "byte 2: ", $"'{module}.{name}'", "save the state_dict alone");
        var protocol4 = new PickleAssembler().Text(module).Text(name).Op("\u0093").Stop();
        Refuse(protocol4, $"'{module}.{name}'");
    }

    [Theory]
    [InlineData("i", "Inst")]
    [InlineData("o", "Obj")]
    [InlineData("2", "Dup")]
    [InlineData("I", "Int")]
    [InlineData("S", "String")]
    [InlineData("P", "PersId")]
    [InlineData("p", "Put")]
    [InlineData("\u0082", "Ext1")]
    [InlineData("\u008b", "Long4")]
    [InlineData("\u0092", "NewObjEx")]
    [InlineData("\u0097", "NextBuffer")]
    public void Opcode_OffTheList_IsRefusedByName(string opcode, string name) =>
        Refuse(Program("N" + opcode), $"byte 3: the pickle opcode {name} is not allowed");

    [Theory]
    [InlineData("\u00ff", "there is no pickle opcode 0xff")]
    [InlineData("\u0080\u0006", "pickle protocol 6 is not known")]
    [InlineData("", "the stack is empty")]
    [InlineData("NN", "stops with 2 values and 0 marks")]
    [InlineData("N(N", "stops with 2 values and 1 marks")]
    [InlineData("N(0", "the stack is empty")]
    [InlineData("N\u0086", "fewer than 2 values")]
    [InlineData("Nt", "no mark")]
    [InlineData("Na", "the stack is empty")]
    [InlineData("a", "fewer than 1 values")]
    [InlineData("NNa", "1 items are added to None")]
    [InlineData("NK\u0001K\u0001s", "2 items are added to None")]
    [InlineData("](K\u0001u", "no pairs")]
    [InlineData("}Nb", "attributes are set on a dictionary")]
    [InlineData("]Nb", "attributes are set on a list")]
    [InlineData("NNR", "None is applied to None")]
    [InlineData("h\u0007", "memo number 7 was never set")]
    [InlineData("Nj\u00ff\u00ff\u00ff\u00ff", "memo number 4294967295 was never set")]
    [InlineData("Nr\u00ff\u00ff\u00ff\u00ff", "memo number 4294967295 is larger than")]
    [InlineData("NNNNq\u0004h\u0001", "memo number 1 was never set")]
    [InlineData("X\u00ff\u00ff\u00ff\u00ff", "4294967295 bytes wanted")]
    [InlineData("\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", "18446744073709551615 bytes wanted")]
    [InlineData("\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f", "9223372036854775807 bytes wanted")]
    [InlineData("X\u0001\0\0\0\u00ff", "not valid UTF-8")]
    [InlineData("NQ", "a persistent id is not")]
    [InlineData("NN\u0093", "the name of a global is not text")]
    [InlineData("ctorch\nSize\n)R", "torch.Size is made of")]
    [InlineData("ctorch\nFloatStorage\n)R", "'torch.FloatStorage' cannot be applied")]
    [InlineData("ctorch._utils\n_rebuild_tensor_v2\n)R", "a tensor is not made of")]
    [InlineData("ctorch._utils\n_rebuild_tensor_v2\n)\u0081", "not a class")]
    [InlineData("ctorch._utils\n_rebuild_tensor_v3\n)R", "dtype is missing")]
    [InlineData("ctorch._utils\n_rebuild_parameter\n)R", "a parameter is made of")]
    [InlineData("ccollections\nOrderedDict\n]Na\u0085R", "not a list of pairs")]
    public void Program_ThatMakesNoSense_IsRefused(string program, string message) => Refuse(Program(program), message);

    [Fact]
    public void Global_WithAnEndlessName_IsRefused() => Refuse(Program("c" + new string('a', 300)), "longer than 256 bytes");

    [Fact]
    public void NamesThatCollide_AreRefused()
    {
        var pickle = new PickleAssembler().Op("}(")
            .Text("a.b").Tensor("FloatStorage", "0", 2, 0, [2], [1])
            .Text("a").Op("}").Text("b").Tensor("FloatStorage", "0", 2, 0, [2], [1]).Op("s").Op("u");
        _scratch.AssertRefused(TorchFiles.Zip(pickle.Stop(), ("0", TorchFiles.PairData)), "the name 'a.b' arises twice");
    }

    [Fact]
    public void Dictionary_InItself_IsRefused() =>
        Refuse(new PickleAssembler().Op("}").Put(0).Text("self").Get(0).Op("s").Stop(), "a container contains itself");

    [Fact]
    public void List_InItselfThroughATuple_IsRefused() =>
        Refuse(new PickleAssembler().Op("]").Put(0).Get(0).Op("\u0085a").Stop(), "a container contains itself");

    [Theory]
    [InlineData(101)]
    [InlineData(500_000)]
    public void Nesting_TooDeep_IsRefused(int depth) =>
        Refuse(Program("K\u0001" + new string('\u0085', depth)), "nested more than 100 deep");

    [Fact]
    public void Marks_TooMany_AreRefused() => Refuse(Program(new string('(', 5000)), "more than 4096 marks");

    [Fact]
    public void Stack_TooHigh_IsRefused() => Refuse(Program(new string('N', 1_100_000)), "the stack is higher than");

    [Fact]
    public void Tree_ThatDoublesAtEachLevel_IsRefusedQuickly()
    {
        var pickle = new PickleAssembler().Op("](K\u0001K\u0001e").Put(0);
        for (var level = 0; level < 60; level++)
        {
            pickle.Op("0](").Get(level).Get(level).Op("e").Put(level + 1);
        }

        var watch = Stopwatch.StartNew();
        Refuse(pickle.Stop(), "four times over");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Names_LongerThanTheFile_AreRefused()
    {
        var pickle = new PickleAssembler().Op("}").Text(new string('k', 5000)).Op("](").Tensor("FloatStorage", "0", 2, 0, [2], [1]).Put(0);
        for (var i = 0; i < 100; i++)
        {
            pickle.Get(0);
        }

        Refuse(pickle.Op("es").Stop(), "more than four times as long as the pickle");
    }

    [Fact]
    public void OrderedDict_CopiedAgainAndAgain_IsRefused()
    {
        var pickle = new PickleAssembler().Op("](");
        for (var i = 0; i < 1000; i++)
        {
            pickle.Op("NN\u0086");
        }

        pickle.Op("e\u0085").Put(0).Op("0").Global("collections", "OrderedDict").Put(1).Op("0](");
        for (var i = 0; i < 100; i++)
        {
            pickle.Get(1).Get(0).Op("R");
        }

        Refuse(pickle.Op("e").Stop(), "dictionary entries were made of");
    }

    private static byte[] Program(string opcodes) => new PickleAssembler().Op(opcodes).Stop();

    private void Refuse(byte[] pickle, params ReadOnlySpan<string> parts)
    {
        _scratch.AssertRefused(TorchFiles.Zip(pickle, ("0", TorchFiles.PairData)), ["archive/data.pkl, byte ", .. parts]);
        _scratch.AssertRefused(TorchFiles.Legacy(pickle, ("0", 2, TorchFiles.PairData)), ["the object, byte ", .. parts]);
    }
}
