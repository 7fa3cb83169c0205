using Cdam.Scoring.Maps;
using Cdam.Scoring.Perturbations;
using Cdam.Scoring.Planning;

namespace Cdam.Cli.Measuring;

/// <summary>
/// Planning the perturbations of an image of 448 pixels and patches of 8: ten methods, three of them over pixels and one interpolated, for
/// a right and a wrong class, 21 percentages, 8 × 100 boxes.
/// </summary>
internal sealed class PlanningWork
{
    /// <summary>All of it.</summary>
    public const string Planned = "plan";

    /// <summary>The plain way to its rank plans: ranks every pixel of every map, in both orders. No boxes, and nothing is shared.</summary>
    public const string Ranked = "plan-by-ranking";

    private const int Side = 448;
    private const int Patch = 8;
    private const int Grid = Side / Patch;
    private const int Methods = 10;
    private const int Sides = 8;

    private readonly PixelMap[] _maps = [.. Enumerable.Range(0, 2 * Methods).Select(Map)];
    private readonly double[] _percents = [.. Enumerable.Range(0, 21).Select(step => 5.0 * step)];
    private readonly SquareBoxes[] _boxes = [.. Enumerable.Range(1, Sides).Select(step => BoxSampler.Draw(seed: 1, image: 0, Side * step / (2 * Sides), Side, Side))];

    public void Plan() => PerturbationPlan.Of(_maps, _percents, _boxes);

    public void Rank()
    {
        var counts = Array.ConvertAll(_percents, percent => PixelCount.Of(Side * Side, percent));
        foreach (var map in _maps)
        {
            RankPlan.Encode(map.Rank(PixelOrder.MostImportantFirst), counts);
            RankPlan.Encode(map.Rank(PixelOrder.LeastImportantFirst), counts);
        }
    }

    private static PixelMap Map(int number) => (number % Methods) switch
    {
        < 6 => PixelMap.OfTokens(Scores(number, Grid * Grid), Grid, Grid, Patch),
        6 => PixelMap.OfTokens(Scores(number, Grid * Grid), Grid, Grid, Patch, MapExpansion.Bilinear),
        _ => PixelMap.OfPixels(Scores(number, Side * Side), Side, Side),
    };

    private static float[] Scores(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }
}
