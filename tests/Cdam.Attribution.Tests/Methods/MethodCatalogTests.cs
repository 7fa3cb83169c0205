using Cdam.Attribution.Explanations;
using Cdam.Attribution.Methods;

namespace Cdam.Attribution.Tests.Methods;

public sealed class MethodCatalogTests
{
    [Fact]
    public void All_Methods_AreTheseWithTheMainOneFirst() =>
        Assert.Equal(
            [
                "cdam", "smooth-cdam", "integrated-cdam", "attention", "relevance-propagation", "partial-lrp", "gradcam", "token-ablation",
                "input-x-gradient", "integrated-gradients", "smooth-grad",
            ],
            MethodCatalog.All.Select(method => method.Name));

    [Theory]
    [InlineData("cdam", "cdam")]
    [InlineData("CDAM", "cdam")]
    [InlineData("Smooth-Cdam", "smooth-cdam")]
    [InlineData("SMOOTH_CDAM", "smooth-cdam")]
    [InlineData("integrated_cdam", "integrated-cdam")]
    [InlineData("Attention-Map", "attention")]
    [InlineData("RP", "relevance-propagation")]
    [InlineData("chefer", "relevance-propagation")]
    [InlineData("partial_lrp", "partial-lrp")]
    [InlineData("Grad-CAM", "gradcam")]
    [InlineData("token_ablation", "token-ablation")]
    [InlineData("IxG", "input-x-gradient")]
    [InlineData("input_x_gradient", "input-x-gradient")]
    [InlineData("IntGrad", "integrated-gradients")]
    [InlineData("ig", "integrated-gradients")]
    [InlineData("SmoothGrad", "smooth-grad")]
    public void Complete_NameOrAliasInAnyCase_FindsTheMethod(string given, string name) =>
        Assert.Equal(name, MethodCatalog.Complete(new MethodRequest(given)).Name);

    [Theory]
    [InlineData("")]
    [InlineData("lrp")]
    [InlineData(" cdam")]
    public void Complete_UnknownName_ListsTheKnownOnes(string name)
    {
        var refusal = AssertRefused(new MethodRequest(name), "name");
        Assert.Equal($"is \"{name}\"; known methods are {string.Join(", ", MethodCatalog.All.Select(method => method.Name))}", refusal);
    }

    [Fact]
    public void Complete_ParameterThatTheMethodLacks_NamesThoseItHas()
    {
        Assert.Contains("its parameters: none", AssertRefused(new MethodRequest("cdam") { SampleCount = 5 }, "sample_count"), StringComparison.Ordinal);
        AssertRefused(new MethodRequest("cdam") { NoiseLevel = 0.1f }, "noise_level");
        AssertRefused(new MethodRequest("attention") { Space = TokenSpace.BlockInput }, "token_space");
        AssertRefused(new MethodRequest("integrated-cdam") { Noise = [1] }, "noise");
        AssertRefused(new MethodRequest("input-x-gradient") { SampleCount = 2 }, "sample_count");
        AssertRefused(new MethodRequest("integrated-gradients") { Noise = [1] }, "noise");
        AssertRefused(new MethodRequest("smooth-grad") { Space = TokenSpace.BlockInput }, "token_space");
        var seed = AssertRefused(new MethodRequest("integrated-cdam") { Seed = 1 }, "seed");
        Assert.Equal("is not a parameter of integrated-cdam; its parameters: sample_count, token_space", seed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    public void Complete_SampleCountOutOfRange_IsRefused(int count) =>
        Assert.Equal($"is {count}; must be 1 to 1000", AssertRefused(new MethodRequest("smooth-cdam") { SampleCount = count }, "sample_count"));

    [Theory]
    [InlineData(0f)]
    [InlineData(-0.1f)]
    [InlineData(1.5f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Complete_NoiseLevelOutOfRange_IsRefused(float level) =>
        AssertRefused(new MethodRequest("smooth-cdam") { NoiseLevel = level }, "noise_level");

    [Fact]
    public void Complete_ValuesAtTheEdges_AreAccepted()
    {
        foreach (var (count, level) in new[] { (1, float.Epsilon), (1000, 1f) })
        {
            var completed = MethodCatalog.Complete(new MethodRequest("smooth-cdam") { SampleCount = count, NoiseLevel = level, Seed = ulong.MaxValue });
            Assert.Equal((count, level, ulong.MaxValue), (completed.SampleCount, completed.NoiseLevel, completed.Seed));
        }
    }

    [Fact]
    public void Complete_OneStepOnTheBlockInput_IsRefusedThereAlone()
    {
        var request = new MethodRequest("integrated-cdam") { SampleCount = 1 };
        Assert.Equal(1, MethodCatalog.Complete(request).SampleCount);
        AssertRefused(request with { Space = TokenSpace.BlockInput }, "sample_count");
        Assert.Equal(2, MethodCatalog.Complete(request with { Space = TokenSpace.BlockInput, SampleCount = 2 }).SampleCount);
    }

    [Fact]
    public void Complete_NoiseBesideWhatItReplaces_IsRefused()
    {
        var noisy = new MethodRequest("smooth-cdam") { Noise = [1, 2] };
        AssertRefused(noisy with { SampleCount = 2 }, "noise");
        AssertRefused(noisy with { NoiseLevel = 0.1f }, "noise");
        AssertRefused(noisy with { Seed = 0 }, "noise");
        Assert.Equal("value 1 is NaN; values must be finite", AssertRefused(noisy with { Noise = [1, float.NaN] }, "noise"));
    }

    [Fact]
    public void Complete_NoiseAlone_LeavesNothingOfWhatItReplaces()
    {
        var completed = MethodCatalog.Complete(new MethodRequest("smooth-cdam") { Noise = [1, 2] });
        Assert.Equal((null, null, null, TokenSpace.BlockInput), (completed.SampleCount, completed.NoiseLevel, completed.Seed, completed.Space));
        Assert.Equal([1f, 2f], completed.Noise!);
    }

    [Fact]
    public void Complete_CompletedRequest_StaysAsItIs()
    {
        foreach (var method in MethodCatalog.All)
        {
            var completed = MethodCatalog.Complete(new MethodRequest(method.Name));
            Assert.Equal(completed, MethodCatalog.Complete(completed));
        }
    }

    private static string AssertRefused(MethodRequest request, string field)
    {
        var refusal = Assert.Throws<AttributionException>(() => MethodCatalog.Complete(request));
        Assert.Equal(field, refusal.Field);
        return refusal.Description;
    }
}
