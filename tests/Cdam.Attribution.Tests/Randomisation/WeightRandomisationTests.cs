using Cdam.Attribution.Backbones;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Methods;
using Cdam.Attribution.Models;
using Cdam.Attribution.Randomisation;
using Cdam.Attribution.Tests.Backbones;
using Cdam.Attribution.Tests.Checkpoints;
using Cdam.Attribution.Tests.Models;
using TorchSharp;

namespace Cdam.Attribution.Tests.Randomisation;

public sealed class WeightRandomisationTests : IDisposable
{
    private const ulong Seed = 11;
    private readonly SmallModel _small = new();

    private static long Live => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    public void Dispose() => _small.Dispose();

    [Fact]
    public void Cascading_EachDepth_RedrawsTheStagesAboveAndLeavesThoseBelowBitForBit()
    {
        var original = Weights(_small.Model);
        var randomisation = new WeightRandomisation(_small.Model, Seed);
        var redrawn = new HashSet<(ModelPart Part, string Name)>();
        foreach (var (stage, model) in randomisation.Cascading())
        {
            redrawn.UnionWith(stage.Tensors);
            foreach (var (key, values) in Weights(model))
            {
                Assert.Equal(redrawn.Contains(key) ? Drawn(key, model) : original[key], values);
            }
        }

        // The random model has no tensor of ones and zeros: all of it is new.
        Assert.Equal(original.Keys.Order(), redrawn.Order());
        Assert.All(original, entry => Assert.NotEqual(Drawn(entry.Key, _small.Model), entry.Value));
    }

    [Fact]
    public void Independent_EachStage_RedrawsItAlone()
    {
        var original = Weights(_small.Model);
        foreach (var (stage, model) in new WeightRandomisation(_small.Model, Seed).Independent())
        {
            Assert.Equal(stage.Tensors.Order(), Weights(model).Where(entry => !entry.Value.SequenceEqual(original[entry.Key])).Select(entry => entry.Key).Order());
        }
    }

    [Fact]
    public void Cascading_SameSeed_GivesTheSameMapsAndAnotherSeedOthers()
    {
        float[] Deepest(ulong seed) => new WeightRandomisation(_small.Model, seed).Cascading().Select(found => Map(found.Model, "cdam")).ToList()[^1];
        Assert.Equal(Deepest(Seed), Deepest(Seed));
        Assert.NotEqual(Deepest(Seed), Deepest(Seed + 1));
    }

    [Fact]
    public void Cascading_TheModelItself_StaysAsItIs()
    {
        var (weights, map) = (Weights(_small.Model), Map(_small.Model, "cdam"));
        Assert.All(new WeightRandomisation(_small.Model, Seed).Cascading(), found => Assert.NotEqual(map, Map(found.Model, "cdam")));
        Assert.All(Weights(_small.Model), entry => Assert.Equal(weights[entry.Key], entry.Value));
        Assert.Equal(map, Map(_small.Model, "cdam"));
    }

    [Fact]
    public void Cascading_TheHeadAlone_LeavesTheAttentionMapBitForBit()
    {
        var (attention, cdam) = (Map(_small.Model, "attention"), Map(_small.Model, "cdam"));
        var maps = new WeightRandomisation(_small.Model, Seed).Cascading().Select(found => (Attention: Map(found.Model, "attention"), Cdam: Map(found.Model, "cdam"))).ToList();
        Assert.Equal(attention, maps[0].Attention);
        Assert.NotEqual(cdam, maps[0].Cdam);
        Assert.All(maps[1..], deeper => Assert.NotEqual(attention, deeper.Attention));
    }

    [Fact]
    public void Cascading_ModelWithUnits_KeepsTheClinicalScale()
    {
        using var scratch = new ScratchFolder();
        var backbone = new BackboneReference(null, RandomBackbone.Config(BackboneNaming.Torchvision));
        var manifest = RandomModel.WriteLung(scratch.FullName, "lung", backbone, ModelKind.Biomarker, seed: 1, side: 32);
        using var model = ExplainableModel.Load(scratch.FullName, new ModelOptions { Device = "cpu" });
        var head = new WeightRandomisation(model, Seed).Cascading().Select(found => Weights(found.Model)).First();
        Assert.Equal(manifest.OutputScale!.Select(scale => scale.Mean), head[(ModelPart.Head, "2.bias")]);    // mean + std × 0
        var drawn = RedrawnWeights.Draw(ModelPart.Head, "2.weight", [8, 32], Seed);
        Assert.Equal(drawn.Select((value, index) => value * manifest.OutputScale![index / 32].Std), head[(ModelPart.Head, "2.weight")]);
        Assert.Equal(RedrawnWeights.Draw(ModelPart.Head, "0.weight", [32, 48], Seed), head[(ModelPart.Head, "0.weight")]);
    }

    [Fact]
    public void Cascading_ToTheEndOrLeftHalfway_LeavesNoTensor()
    {
        Map(_small.Model, "cdam");    // The model keeps the positional embedding of a grid that it has seen.
        var before = Live;
        var randomisation = new WeightRandomisation(_small.Model, Seed);
        Assert.All(randomisation.Cascading(), found => Map(found.Model, "cdam"));
        Assert.Equal("norm + block 2", randomisation.Cascading().Skip(1).First().Stage.Name);
        Assert.All(randomisation.Independent(), found => Map(found.Model, "cdam"));
        Assert.Equal(before, Live);
    }

    private static float[] Drawn((ModelPart Part, string Name) key, ExplainableModel model) =>
        RedrawnWeights.Draw(key.Part, key.Name, State(model)[key].shape, Seed);

    private static Dictionary<(ModelPart Part, string Name), float[]> Weights(ExplainableModel model) =>
        State(model).ToDictionary(entry => entry.Key, entry => entry.Value.contiguous().data<float>().ToArray());

    private static Dictionary<(ModelPart Part, string Name), torch.Tensor> State(ExplainableModel model) =>
        model.Engine.Backbone.State.Select(entry => (Key: (ModelPart.Backbone, entry.Key), entry.Value))
            .Concat(model.HeadState.Select(entry => (Key: (ModelPart.Head, entry.Key), entry.Value)))
            .ToDictionary(entry => entry.Key, entry => entry.Value);

    private static float[] Map(ExplainableModel model, string method) => model.Explain(
        [new ExplainItem { Views = [SmallModel.Input(1)], Targets = [new OutputTarget(2)], Methods = [new MethodRequest(method)] }])[0]!.Views[0].Maps[0].Scores;
}
