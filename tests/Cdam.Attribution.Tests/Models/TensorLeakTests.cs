using Cdam.Attribution.Backbones;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Methods;
using Cdam.Attribution.Models;
using Cdam.Attribution.Tests.Backbones;
using Cdam.Attribution.Tests.Checkpoints;
using TorchSharp;

namespace Cdam.Attribution.Tests.Models;

/// <summary>
/// Tensors hold memory that the garbage collector knows nothing of, so none may outlive its call. TorchSharp counts the tensors
/// made and disposed on each thread; other tests' threads do not disturb it.
/// </summary>
public sealed class TensorLeakTests
{
    private static readonly ModelOptions Cpu = new() { Device = "cpu" };

    private static long Live => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    [Fact]
    public void Live_ATensorThatIsLeft_IsSeen()
    {
        var before = Live;
        var left = RandomTensor.Normal(1, 2);
        Assert.Equal(before + 1, Live);
        left.Dispose();
        Assert.Equal(before, Live);
    }

    [Theory]
    [InlineData("cdam")]
    [InlineData("attention")]
    [InlineData("relevance-propagation")]
    [InlineData("partial-lrp")]
    [InlineData("gradcam")]
    [InlineData("token-ablation")]
    [InlineData("smooth-cdam", TokenSpace.BlockInput)]
    [InlineData("smooth-cdam", TokenSpace.AttentionInput)]
    [InlineData("integrated-cdam", TokenSpace.BlockInput)]
    [InlineData("integrated-cdam", TokenSpace.AttentionInput)]
    [InlineData("input-x-gradient")]
    [InlineData("integrated-gradients")]
    [InlineData("smooth-grad")]
    public void Explain_ByEachMethod_LeavesNoTensor(string method, TokenSpace? space = null)
    {
        using var small = new SmallModel();
        var item = Item(new MethodRequest(method) { Space = space });
        AssertNothingLeft(() => small.Model.Explain([item, item]), small);
    }

    [Fact]
    public void Explain_SeveralViews_LeavesNoTensor()
    {
        using var small = new SmallModel();
        var item = Item(new MethodRequest("cdam")) with { Views = [SmallModel.Input(1), SmallModel.Input(2), SmallModel.Input(3)] };
        AssertNothingLeft(() => small.Model.Explain([item, item], index => index == 0), small);
    }

    [Fact]
    public void Predict_ABatch_LeavesNoTensor()
    {
        using var small = new SmallModel();
        AssertNothingLeft(() => small.Model.Predict([SmallModel.Input(1), SmallModel.Input(2)]), small);
    }

    [Fact]
    public void Explain_WhenTheCallerThrows_LeavesNoTensor()
    {
        using var small = new SmallModel();
        Func<int, bool> throwing = index => index == 0 ? false : throw new InvalidOperationException("in the middle");
        var item = Item(new MethodRequest("cdam"));
        AssertNothingLeft(() => Assert.Throws<InvalidOperationException>(() => small.Model.Explain([item, item], throwing)), small);
    }

    /// <summary>Faults that a check would have found: in the second method, the outputs, a concept's vector, the batch.</summary>
    [Fact]
    public void Explain_WhenItFailsInside_LeavesNoTensor()
    {
        using var small = new SmallModel();
        ExplainItem[] failing =
        [
            Item(new("cdam"), new("unknown")),
            Item(new MethodRequest("cdam")) with { Targets = [new OutputTarget(0), new OutputTarget(99)] },
            Item(new MethodRequest("cdam")) with { Targets = [new ConceptTarget("short", [1, 2], Similarity.DotProduct)] },
        ];
        foreach (var item in failing)
        {
            AssertNothingLeft(() => Assert.ThrowsAny<Exception>(() => small.Model.Explain([item])), small);
        }

        AssertNothingLeft(
            () => Assert.ThrowsAny<Exception>(() => small.Model.Predict([SmallModel.Input(1), ModelInput.FromNormalized(4, 4, new float[48])])), small);
    }

    [Fact]
    public void Dispose_AModelThatWasUsed_LeavesNoTensor()
    {
        var before = Live;
        using (var small = new SmallModel())
        {
            small.Model.Explain([Item(new("cdam"), new("smooth-cdam"))]);
            Assert.True(Live > before);
        }

        Assert.Equal(before, Live);
    }

    [Fact]
    public void Dispose_AModelWithUnits_LeavesNoTensor()
    {
        using var scratch = new ScratchFolder();
        var backbone = new BackboneReference(null, RandomBackbone.Config(BackboneNaming.Torchvision));
        RandomModel.WriteLung(scratch.FullName, "lung", backbone, ModelKind.Biomarker, seed: 1, side: 32);
        var before = Live;
        using (var model = ExplainableModel.Load(scratch.FullName, Cpu))
        {
            model.WarmUp();
            Assert.True(Live > before);
        }

        Assert.Equal(before, Live);
    }

    [Fact]
    public void Load_BrokenFolder_LeavesNoTensor()
    {
        using var folder = new ModelFolder(RandomBackbone.Config(BackboneNaming.Torchvision));
        var valid = folder.Write();
        var file = valid.Files[0];
        ModelManifest[] broken =
        [
            valid with { Files = [file with { Sha256 = new string('0', 64) }] },
            valid with { Head = HeadKind.Mlp },                  // found among the tensors
            valid with { Outputs = ["only one"] },               // found once the head is known
            valid with { OutputScale = [new OutputScale { Mean = 0, Std = 1, Unit = "mm" }] },
            valid with { Backbone = new BackboneReference("dino-vits8", null) },
        ];
        foreach (var manifest in broken)
        {
            var before = Live;
            Assert.Throws<ModelException>(() => ExplainableModel.Load(folder.FullName, manifest, Cpu));
            Assert.Equal(before, Live);
        }
    }

    private static ExplainItem Item(params MethodRequest[] methods) => new()
    {
        Views = [SmallModel.Input(1)],
        Targets = [new AllTarget(), new ConceptTarget("c", [.. Enumerable.Repeat(1f, 48)], Similarity.Cosine)],
        Methods = methods,
        IncludeHeads = true,
        IncludeTokens = true,
        IncludeTokenGradients = true,
        IncludeAttention = true,
    };

    /// <summary>After a first call: the model keeps the positional embedding of a grid that it has seen, and the latent of the zero input.</summary>
    private static void AssertNothingLeft(Action call, SmallModel small)
    {
        small.Model.Explain([Item(new MethodRequest("integrated-gradients") { SampleCount = 1 })]);
        var before = Live;
        call();
        Assert.Equal(before, Live);
    }
}
