using Cdam.Scoring.Maps;
using Cdam.Scoring.Perturbations;
using Cdam.Scoring.Planning;
using CsCheck;

namespace Cdam.Scoring.Tests.Planning;

/// <summary>What a plan is made from.</summary>
internal sealed record PlanSample(PixelMap[] Maps, double[] Percents, SquareBoxes[] Boxes)
{
    /// <summary>Small pictures, with maps of tokens and of pixels, and so few distinct scores that rankings often share sets.</summary>
    public static Gen<PlanSample> Any { get; } =
        from rows in Gen.Int[1, 3]
        from columns in Gen.Int[2, 3]
        from patch in Gen.Int[2, 3]
        from maps in Map(rows, columns, patch).Array[1, 5]
        from percents in Percentages
        from sides in Sides(Math.Min(rows, columns) * patch)
        from seed in Gen.ULong
        where percents.Length + sides.Length > 0
        select new PlanSample(maps, percents, [.. sides.Select(side => BoxSampler.Draw(seed, 0, side, rows * patch, columns * patch, count: 6))]);

    private static Gen<double[]> Percentages =>
        Gen.OneOf(Gen.Const(Array.Empty<double>()), Gen.Int[0, 20].HashSet[2, 8].Select(steps => steps.Order().Select(step => step * 5.0).ToArray()));

    public PerturbationPlan Plan() => PerturbationPlan.Of(Maps, Percents, Boxes);

    private static Gen<PixelMap> Map(int rows, int columns, int patch) => Gen.OneOf(
        Gen.Int[-1, 1].Select(score => (float)score).Array[rows * columns].Select(scores => PixelMap.OfTokens(scores, rows, columns, patch)),
        Gen.Int[-1, 1].Select(score => (float)score).Array[rows * columns].Select(scores => PixelMap.OfTokens(scores, rows, columns, patch, MapExpansion.Bilinear)),
        Gen.Int[-1, 1].Select(score => (float)score).Array[rows * columns * patch * patch].Select(scores => PixelMap.OfPixels(scores, rows * patch, columns * patch)));

    private static Gen<int[]> Sides(int longest) =>
        Gen.OneOf(Gen.Const(Array.Empty<int>()), Gen.Int[1, longest].HashSet[2, Math.Min(3, longest)].Select(sides => sides.Order().ToArray()));
}
