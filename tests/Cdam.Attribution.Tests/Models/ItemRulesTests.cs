using Cdam.Attribution.Backbones;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Methods;
using Cdam.Attribution.Models;
using Cdam.Attribution.Preprocessing;
using Cdam.Attribution.Tests.Backbones;

namespace Cdam.Attribution.Tests.Models;

public sealed class ItemRulesTests
{
    private const int Dim = 48, Tokens = 1 + 4 + 6;    // [CLS], registers, 2 × 3 patches
    private static readonly ItemRules Rules = new(RandomBackbone.Config(BackboneNaming.DinoV2), new OutputNames(["a", "b", "c"]));
    private static readonly ItemRules Headless = new(RandomBackbone.Config(BackboneNaming.DinoV2), new OutputNames([]));

    private static readonly ExplainItem Valid = new()
    {
        Views = [Picture(8, 12)], Targets = [new OutputTarget(2), new TopTarget(3), new AllTarget(), Concept(Vector())], Methods = [new("cdam")],
    };

    [Fact]
    public void Check_ValidItem_IsAccepted()
    {
        Rules.Check(Valid);
        Rules.Check(Valid with { Methods = [] });
        Rules.Check(Valid with { Methods = [Noisy(Tokens * Dim), Noisy(1000 * Tokens * Dim)] });
        Headless.Check(Valid with { Targets = [Concept(Vector())] });
        Headless.Check(Valid with { Targets = [], Methods = [new MethodRequest("attention")] });
    }

    [Theory]
    [InlineData(8, 10)]
    [InlineData(9, 12)]
    public void Check_PartialPatches_AreRefused(int height, int width) => AssertRefused(Valid with { Views = [Picture(height, width)] }, "image", "patch size 4");

    [Fact]
    public void Check_TooManyPatches_AreRefused()
    {
        Rules.Check(Picture(4 * 128, 4 * 128));
        AssertRefused(Valid with { Views = [Picture(4 * 128, 4 * 129)] }, "image", "16512 patches; at most 16384");
    }

    [Fact]
    public void Check_NumbersOfTargetsAndMethods_AreBounded()
    {
        Rules.Check(Valid with { Targets = Many<Target>(64, new AllTarget()), Methods = Many(16, new MethodRequest("cdam")) });
        AssertRefused(Valid with { Targets = [] }, "targets", "has no entries");
        AssertRefused(Valid with { Targets = [], Methods = [], IncludeTokenGradients = true }, "targets", "has no entries");
        AssertRefused(Valid with { Targets = Many<Target>(65, new AllTarget()) }, "targets", "has 65 entries");
        AssertRefused(Valid with { Methods = Many(17, new MethodRequest("cdam")) }, "methods", "has 17 entries; at most 16");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void Check_OutputOutOfRange_IsRefusedWithItsPosition(int index) =>
        AssertRefused(Valid with { Targets = [new AllTarget(), new OutputTarget(index)] }, "targets[1].index", $"is {index}; must be 0 to 2");

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Check_TopOutOfRange_IsRefusedWithItsPosition(int count) =>
        AssertRefused(Valid with { Targets = [new TopTarget(count)] }, "targets[0].top", $"is {count}; must be 1 to 3");

    [Fact]
    public void Check_ConceptVector_MustBeFiniteNotZeroAndFit()
    {
        AssertVectorRefused(Vector()[1..], "has 47 values; this model's latents have 48");
        AssertVectorRefused([], "has 0 values");
        AssertVectorRefused([.. Vector()[1..], float.NaN], "value 47 is NaN; values must be finite");
        AssertVectorRefused(new float[Dim], "is all zero");
    }

    [Fact]
    public void Check_OutputsOfAHeadlessModel_AreUnsupported()
    {
        foreach (var target in new Target[] { new OutputTarget(0), new TopTarget(1), new AllTarget() })
        {
            var refusal = Assert.Throws<UnsupportedTargetException>(() => Headless.Check(Valid with { Targets = [Concept(Vector()), target] }));
            Assert.Equal("targets[1] asks for an output, but this model has no head; its targets are concepts", refusal.Message);
        }
    }

    [Fact]
    public void Check_MethodFaults_CarryTheFieldsPath()
    {
        AssertMethodRefused(new("none"), "name", "known methods");
        AssertMethodRefused(new("smooth-cdam") { SampleCount = 0 }, "sample_count", "is 0");
        AssertMethodRefused(new("cdam") { Seed = 1 }, "seed", "is not a parameter");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Tokens * Dim - 1)]
    [InlineData(6 * Dim)]    // patches alone
    [InlineData(1001 * Tokens * Dim)]
    public void Check_NoiseThatDoesNotFit_IsRefused(int length) =>
        AssertMethodRefused(Noisy(length), "noise", $"has {length} values; must be 1 to 1000 samples of {Tokens} × {Dim}");

    [Theory]
    [InlineData(0)]
    [InlineData(2 * 8 * 12)]
    [InlineData(Tokens * Dim)]
    [InlineData(1001 * 3 * 8 * 12)]
    public void Check_PixelNoiseThatDoesNotFit_IsRefusedWithTheShapeItNeeds(int length)
    {
        Rules.Check(Valid with { Methods = [new("smooth-grad") { Noise = new float[1000 * 3 * 8 * 12] }] });
        AssertMethodRefused(new("smooth-grad") { Noise = new float[length] }, "noise", $"has {length} values; must be 1 to 1000 samples of 3 × 8 × 12");
    }

    [Fact]
    public void Check_NoiseInAnotherShape_IsRefusedThoughItsLengthFits()
    {
        var noise = new MethodRequest("smooth-grad") { Noise = new float[2 * 3 * 8 * 12], NoiseShape = [2, 3, 8, 12] };
        Rules.Check(Valid with { Methods = [noise] });
        AssertMethodRefused(noise with { NoiseShape = [2, 3, 12, 8] }, "noise.shape", "is [2, 3, 12, 8]; must be [samples, 3, 8, 12]");
        AssertMethodRefused(noise with { NoiseShape = [] }, "noise.shape", "is []");
        AssertMethodRefused(noise with { Name = "smooth-cdam" }, "noise.shape", $"must be [samples, {Tokens}, {Dim}]");
    }

    private static ModelInput Picture(int height, int width) => ModelInput.FromPicture(new PixelImage(width, height, new byte[height * width * 3]));

    private static float[] Vector() => [.. Enumerable.Repeat(1f, Dim)];

    private static ConceptTarget Concept(float[] vector) => new("c", vector, Similarity.Cosine);

    private static MethodRequest Noisy(int length) => new("smooth-cdam") { Noise = new float[length] };

    private static T[] Many<T>(int count, T item) => [.. Enumerable.Repeat(item, count)];

    private static void AssertVectorRefused(float[] vector, string description) =>
        AssertRefused(Valid with { Targets = [new AllTarget(), Concept(vector)] }, "targets[1].concept.vector", description);

    private static void AssertMethodRefused(MethodRequest method, string field, string description) =>
        AssertRefused(Valid with { Methods = [new("cdam"), method] }, $"methods[1].{field}", description);

    private static void AssertRefused(ExplainItem item, string field, string description)
    {
        var refusal = Assert.Throws<AttributionException>(() => Rules.Check(item));
        Assert.Equal(field, refusal.Field);
        Assert.Contains(description, refusal.Description, StringComparison.Ordinal);
    }
}
