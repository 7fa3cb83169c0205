using Cdam.Scoring.Maps;
using Cdam.Scoring.Metrics;
using Cdam.Scoring.Perturbations;

namespace Cdam.Scoring.Tests.Reference;

public sealed class ReferenceValueTests
{
    public static TheoryData<string> Names => ReferenceCase.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void GaussianBlur_ReferencePicture_GivesTheReferenceWithinOneGreyLevel(string name)
    {
        var reference = ReferenceCase.Open(name);
        var expected = reference.Array<byte>("blurred");

        var blurred = GaussianBlur.Apply(reference.Array<byte>("image"), reference.Width, reference.Height);

        Assert.Equal(expected.Length, blurred.Length);
        // One grey level is what OpenCV's versions differ by.
        Assert.All(blurred.Zip(expected), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Compactness_ReferenceMap_IsTheReferenceValueInBothVariants(string name)
    {
        var reference = ReferenceCase.Open(name);
        var scores = reference.Array<float>("cdam");

        // Shares of whole patches: only the division rounds.
        Assert.Equal(reference.Value("compactness"), Compactness.Of(scores), 1e-12);
        Assert.Equal(reference.Value("compactness_absolute"), AbsoluteCompactness.Of(scores), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Areas_ReferenceCurves_AreTheReferenceValues(string name)
    {
        var reference = ReferenceCase.Open(name);
        var percents = reference.Facts.GetProperty("percents").EnumerateArray().Select(percent => percent.GetDouble()).ToArray();

        var mif = MostImportantFirstArea.Of(percents, reference.Array<double>("curve_mif"));
        var lif = LeastImportantFirstArea.Of(percents, reference.Array<double>("curve_lif"));

        // Areas of about 100 in double precision: only the order of ten additions differs.
        Assert.Equal(reference.Value("a_mif"), mif, 1e-11);
        Assert.Equal(reference.Value("a_lif"), lif, 1e-11);
        Assert.Equal(reference.Value("a_lif_mif"), AreaBetweenOrders.Of(lif, mif), 1e-11);
        Assert.Equal(reference.Value("a_box"), BoxSensitivityArea.Of([8, 16, 24], reference.Array<double>("curve_box")), 1e-11);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void GradientConsistency_ReferenceTokensAndMap_Agree(string name)
    {
        var reference = ReferenceCase.Open(name);
        var dim = reference.Facts.GetProperty("architecture").GetProperty("dim").GetInt32();

        var gap = GradientConsistency.Of(
            reference.Array<float>("tokens"), reference.Array<float>("token_gradients"), reference.Array<float>("cdam"), dim);

        // Both sides are float32: they deviate from float64 by at most 4e-6 of the largest value.
        Assert.InRange(gap, 0, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Ranking_ReferenceMap_ReplacesWholePatchesInOrderOfTheirScores(string name)
    {
        var reference = ReferenceCase.Open(name);
        var patch = reference.PatchSize;
        var columns = reference.Width / patch;
        var scores = reference.Array<float>("cdam");

        var ranking = PixelMap.OfTokens(scores, reference.Height / patch, columns, patch).Rank(PixelOrder.MostImportantFirst);

        var patches = ranking.Select(pixel => (pixel / reference.Width / patch * columns) + (pixel % reference.Width / patch));
        var expected = Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i])
            .SelectMany(i => Enumerable.Repeat(i, patch * patch));
        Assert.Equal(expected, patches);
    }
}
