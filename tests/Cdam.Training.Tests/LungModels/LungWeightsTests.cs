using Cdam.Attribution.Backbones;
using Cdam.Attribution.Models;
using Cdam.Attribution.Native;
using Cdam.Randomness;
using Cdam.Training.LungModels;
using Cdam.Training.LungModels.Tasks;
using static TorchSharp.torch;

namespace Cdam.Training.Tests.LungModels;

public sealed class LungWeightsTests : IDisposable
{
    private static readonly LungTrainingOptions Malignancy = new() { Kind = ModelKind.Malignancy, HalfProducts = false, LearningRate = 0.1 };
    private readonly TestFolder _folder = new();

    public LungWeightsTests() => TorchRuntime.Load();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2, 0, "head.weight", "head.bias")]
    [InlineData(5, 8, "backbone.norm.bias", "head.0.weight", "head.0.bias", "head.2.weight", "head.2.bias")]
    [InlineData(8, 0, "backbone.blocks.2.mlp.fc1.bias", "backbone.blocks.2.mlp.fc2.weight", "backbone.blocks.2.mlp.fc2.bias", "backbone.norm.weight")]
    [InlineData(16, 0, "backbone.blocks.2.norm1.weight", "backbone.blocks.2.norm1.bias", "backbone.blocks.2.attn.qkv.weight")]
    public void Learn_LastNTensors_ExactlyTheseChange(int count, int hidden, params string[] changed)
    {
        var options = Malignancy with { TrainableTensors = count, Hidden = hidden };
        using var backbone = TestBackbone.Load(_folder);
        using var fit = new LungFit(options, new MalignancyTask(), backbone, "fingerprint", CPU);
        var before = Copy(fit);
        using (var input = randn(4, 3, 32, 32, generator: new Generator(1)))
        using (var targets = tensor([0f, 1, 1, 0], [4, 1]))
        {
            fit.Learn(input, targets, progress: 0);
        }

        fit.EndEpoch(1);    // or the best weights would still be those from before
        var after = Copy(fit);
        var names = LungNetwork.Names(backbone.Config, hidden);
        Assert.Equal(after.Keys.Order(), names.Order());
        Assert.Equal(names.TakeLast(count), names.Where(name => !before[name].SequenceEqual(after[name])));
        Assert.All(changed, name => Assert.Contains(name, names.TakeLast(count)));
    }

    [Theory]
    [InlineData(1, "must be 2, the head's own, to 44")]
    [InlineData(45, "must be 2, the head's own, to 44")]
    public void Start_TooFewOrTooMany_IsRefused(int count, string rule)
    {
        using var backbone = TestBackbone.Load(_folder);
        var refusal = Assert.Throws<ArgumentException>(
            () => LungWeights.Start(backbone, Malignancy with { TrainableTensors = count }, 1, new RandomStream(0, 0), CPU));
        Assert.Contains(rule, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_Dinov2_ListTheScaleOfABranchBehindThatBranch()
    {
        var config = TestBackbone.Config with { Naming = BackboneNaming.DinoV2, LayerScale = true, Registers = 4 };
        var names = LungNetwork.Names(config, hidden: 0);
        Assert.Equal(
            [
                "backbone.blocks.2.attn.proj.weight", "backbone.blocks.2.attn.proj.bias", "backbone.blocks.2.ls1.gamma",
                "backbone.blocks.2.norm2.weight", "backbone.blocks.2.norm2.bias",
                "backbone.blocks.2.mlp.fc1.weight", "backbone.blocks.2.mlp.fc1.bias", "backbone.blocks.2.mlp.fc2.weight", "backbone.blocks.2.mlp.fc2.bias",
                "backbone.blocks.2.ls2.gamma", "backbone.norm.weight", "backbone.norm.bias", "head.weight", "head.bias",
            ],
            names.TakeLast(14));
        Assert.Equal(BackboneState.Describe(config).Count + 2, names.Distinct().Count());
    }

    private static Dictionary<string, float[]> Copy(LungFit fit) => fit.Best.ToDictionary(entry => entry.Key, entry => entry.Value.data<float>().ToArray());
}
