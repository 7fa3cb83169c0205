using Cdam.Attribution.Checkpoints;

namespace Cdam.Attribution.Tests.Checkpoints;

/// <summary>Every file of a reference case holds the weights of its model.safetensors.</summary>
public sealed class ReferenceCheckpointTests
{
    public static TheoryData<string> Cases => [.. ReferenceFolder.Cases];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Backbone_ZipAndLegacy_HaveTheBitsOfSafetensors(string name)
    {
        using var model = Open(name, "model.safetensors");
        using var zip = Open(name, "backbone.pth");
        using var legacy = Open(name, "backbone_legacy.pth");
        Assert.Equal(["safetensors", "PyTorch zip", "PyTorch legacy"], [model.Format, zip.Format, legacy.Format]);
        var expected = Part(model, "backbone.");
        AssertSameBits(expected, Part(zip, ""));
        AssertSameBits(expected, Part(legacy, ""));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Head_NestedUnderStateDict_HasTheBitsOfSafetensors(string name)
    {
        using var model = Open(name, "model.safetensors");
        using var head = Open(name, "head.pth");
        Assert.All(head.Tensors.Keys, key => Assert.StartsWith("state_dict.", key, StringComparison.Ordinal));
        AssertSameBits(Part(model, "head."), Part(head, "state_dict."));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Lightning_StatesAndOptimizer_AreFlattened(string name)
    {
        using var model = Open(name, "model.safetensors");
        using var lightning = Open(name, "lightning.ckpt");
        var states = Part(lightning, "state_dict.").Keys;
        var backbone = states.Any(key => key.StartsWith("model.", StringComparison.Ordinal)) ? "model." : "backbone.";
        var head = states.Any(key => key.StartsWith("linear.", StringComparison.Ordinal)) ? "linear." : "mlp_head.";
        AssertSameBits(Part(model, "backbone."), Part(lightning, $"state_dict.{backbone}"));
        AssertSameBits(Part(model, "head."), Part(lightning, $"state_dict.{head}"));
        Assert.Empty(lightning.Tensors["optimizer_states.0.state.0.step"].Shape);
        Assert.Equal([3L], lightning.Tensors["optimizer_states.0.state.0.exp_avg"].Shape);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Backbone_InSixteenBits_IsTheFloat32RoundedToEven(string name)
    {
        using var model = Open(name, "model.safetensors");
        using var half = Open(name, "backbone_half.pth");
        using var brain = Open(name, "backbone_bfloat16.pth");
        foreach (var (key, tensor) in Part(model, "backbone."))
        {
            var exact = tensor.ReadFloat32();
            Assert.Equal(TensorType.Float16, half.Tensors[key].Type);
            Assert.Equal(Array.ConvertAll(exact, x => (float)(Half)x), half.Tensors[key].ReadFloat32());
            Assert.Equal(TensorType.BFloat16, brain.Tensors[key].Type);
            Assert.Equal(Array.ConvertAll(exact, RoundToBFloat16), brain.Tensors[key].ReadFloat32());
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Expected_EveryArray_CanBeRead(string name)
    {
        using var expected = Open(name, "expected.safetensors");
        Assert.Equal(TensorType.UInt8, expected.Tensors["image"].Type);
        Assert.Equal(TensorType.Float32, expected.Tensors["cdam"].Type);
        Assert.Equal([20L, 2L], expected.Tensors["boxes_8"].Shape);
        Assert.All(expected.Tensors["boxes_8"].ReadInt64(), corner => Assert.InRange(corner, 0, 4096));
        Assert.All(expected.Tensors.Values, tensor => Assert.Equal(tensor.ByteCount, tensor.ReadBytes().Length));
    }

    [Fact]
    public void Tensors_ReadByManyThreads_AreTheSame()
    {
        using var legacy = Open("dino-linear", "backbone_legacy.pth");
        var once = legacy.Tensors.Values.Select(tensor => tensor.ReadBytes()).ToList();
        Parallel.For(0, 16, _ => Assert.Equal(once, legacy.Tensors.Values.Select(tensor => tensor.ReadBytes())));
    }

    private static Checkpoint Open(string name, string file) => Checkpoint.Open(ReferenceFolder.Path(name, file));

    private static Dictionary<string, CheckpointTensor> Part(Checkpoint checkpoint, string prefix) => checkpoint.Tensors
        .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(pair => pair.Key[prefix.Length..], pair => pair.Value);

    private static void AssertSameBits(Dictionary<string, CheckpointTensor> expected, Dictionary<string, CheckpointTensor> actual)
    {
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, tensor) in expected)
        {
            Assert.Equal(TensorType.Float32, actual[name].Type);
            Assert.Equal(tensor.Shape, actual[name].Shape);
            Assert.Equal(tensor.ReadBytes(), actual[name].ReadBytes());
        }
    }

    private static float RoundToBFloat16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        bits += 0x7fff + ((bits >> 16) & 1);
        return BitConverter.UInt32BitsToSingle(bits & 0xffff0000);
    }
}
