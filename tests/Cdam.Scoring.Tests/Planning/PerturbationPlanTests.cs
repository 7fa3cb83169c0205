using System.Runtime.InteropServices;
using Cdam.Scoring.Maps;
using Cdam.Scoring.Perturbations;
using Cdam.Scoring.Planning;
using Cdam.Scoring.Randomness;
using CsCheck;

namespace Cdam.Scoring.Tests.Planning;

public sealed class PerturbationPlanTests
{
    private static readonly double[] TwentyOnePercents = [.. Enumerable.Range(0, 21).Select(step => step * 5.0)];

    [Fact]
    public void Of_TenMethodsWithDiscrimination_TakesATenthOfTheNaivePasses()
    {
        // Ten methods for the right and the wrong class, no two of them alike: the worst case for sharing.
        var maps = Enumerable.Range(0, 20).Select(map => PixelMap.OfTokens(Scores(map, 28 * 28), 28, 28, 8)).ToArray();
        var boxes = Enumerable.Range(1, 8).Select(eighth => BoxSampler.Draw(seed: 1, image: 0, 14 * eighth, 224, 224)).ToArray();

        var plan = PerturbationPlan.Of(maps, TwentyOnePercents, boxes);

        // For each map 2 × 21 points and 8 × 100 boxes.
        Assert.Equal(20 * (42 + 800), plan.NaiveForwardPasses);
        // 2 ends; 19 points in between for each map and order; boxes once, some of the larger ones drawn twice.
        Assert.InRange(plan.ForwardPasses, 2 + (40 * 19) + 790, 2 + (40 * 19) + 800);
        Assert.True(plan.NaiveForwardPasses >= 10 * plan.ForwardPasses, $"{plan.ForwardPasses} passes instead of {plan.NaiveForwardPasses}");
    }

    [Fact]
    public void Of_AnyMaps_ServesEachReaderOnceWithThePictureThatItNeeds() => PlanSample.Any.Sample(sample =>
    {
        var plan = sample.Plan();
        var (height, width) = (sample.Maps[0].Height, sample.Maps[0].Width);
        var (white, black) = (Enumerable.Repeat((byte)255, 3 * height * width).ToArray(), new byte[3 * height * width]);
        var (curves, boxes) = (new List<CurveReader>(), new List<BoxReader>());
        foreach (var (perturbation, step, readers) in Answers(plan))
        {
            var replaced = Pixels(plan.Perturbations[perturbation].Apply(step, white, black, width));
            Assert.All(readers.Curves, reader => Assert.Equal(Expected(sample, reader), replaced));
            Assert.All(readers.Boxes, reader => Assert.Equal(Expected(plan.Boxes[reader.Side][reader.Box], width), replaced));
            Assert.True(readers.Curves.Count + readers.Boxes.Count > 0 || readers.IsDropReference);
            curves.AddRange(readers.Curves);
            boxes.AddRange(readers.Boxes);
        }

        Assert.Equal((2 * sample.Maps.Length * sample.Percents.Length, sample.Boxes.Sum(side => side.Corners.Count)), (curves.Count, boxes.Count));
        Assert.Equal((curves.Count, boxes.Count), (curves.Distinct().Count(), boxes.Distinct().Count()));
        Assert.All(white, value => Assert.Equal(255, value));
        Assert.All(black, value => Assert.Equal(0, value));
    }, iter: 300);

    [Fact]
    public void Of_AnyMaps_ReplacesNoSetOfPixelsTwice() => PlanSample.Any.Sample(sample =>
    {
        var plan = sample.Plan();
        var pixels = sample.Maps[0].Height * sample.Maps[0].Width;

        // A ranking can replace the pixels of a box by chance: boxes are compared among themselves.
        foreach (var kind in Answers(plan).GroupBy(answer => plan.Perturbations[answer.Perturbation] is PlannedPerturbation.Boxed))
        {
            var pictures = kind.Select(answer => Convert.ToHexString(
                plan.Perturbations[answer.Perturbation].Apply(answer.Step, new byte[3 * pixels], Enumerable.Repeat((byte)1, 3 * pixels).ToArray(), sample.Maps[0].Width)));
            Assert.Equal(kind.Count(), pictures.Distinct().Count());
        }
    }, iter: 300);

    [Fact]
    public void Of_AnyMaps_TakesAtMostWhatIsKnownBeforeThem() => PlanSample.Any.Sample(sample =>
    {
        var plan = sample.Plan();
        var boxes = sample.Boxes.Sum(side => side.Corners.Count);
        Assert.InRange(plan.ForwardPasses, 1, PassCount.PlannedAtMost(sample.Maps.Length, sample.Percents, boxes));
    });

    [Fact]
    public void Of_MapsThatShareNothing_TakesWhatIsKnownBeforeThem()
    {
        PixelMap[] maps = [.. Enumerable.Range(0, 3).Select(seed => PixelMap.OfPixels(Noise(seed), 20, 20))];
        SquareBoxes[] boxes = [new(3, [(0, 0), (1, 2)]), new(5, [(0, 0), (7, 9)])];

        var plan = PerturbationPlan.Of(maps, [0, 25, 50, 100], boxes);

        Assert.Equal(PassCount.PlannedAtMost(3, [0, 25, 50, 100], 4), plan.ForwardPasses);
        Assert.Equal((2 + (3 * 2 * 2) + 4, 3 * (8 + 4)), (plan.ForwardPasses, plan.NaiveForwardPasses));
    }

    [Fact]
    public void Of_MapsThatRankAlike_SharesTheirPasses()
    {
        var scores = Scores(0, 16);
        var map = PixelMap.OfTokens(scores, 4, 4, 2);
        var scaled = PixelMap.OfTokens(Array.ConvertAll(scores, score => 3 * score), 4, 4, 2);
        var negated = PixelMap.OfTokens(Array.ConvertAll(scores, score => -score), 4, 4, 2);

        // Two rankings of 19 points and two ends, however many maps have them; without ties the negated map is the other order.
        Assert.Equal(40, PerturbationPlan.Of([map], TwentyOnePercents, []).ForwardPasses);
        Assert.Equal(40, PerturbationPlan.Of([map, scaled, negated, map], TwentyOnePercents, []).ForwardPasses);
    }

    [Fact]
    public void Of_MapsThatAgreeOnTheirLargestScores_SharesOnlyThoseSteps()
    {
        // Both replace pixels 0 and 1 first, and 8 and 9 from the other end; what comes next differs.
        var first = PixelMap.OfPixels(new float[] { 9, 8, 7, 6, 5, 4, 3, 2, 1, 0 }, 1, 10);
        var second = PixelMap.OfPixels(new float[] { 9, 8, 5, 6, 7, 2, 3, 4, 1, 0 }, 1, 10);

        var plan = PerturbationPlan.Of([first, second], [20, 40, 60], []);

        Assert.Equal([(0, 0), (1, 0)], Shared(plan, PixelOrder.MostImportantFirst));
        Assert.Equal([(0, 0), (1, 0)], Shared(plan, PixelOrder.LeastImportantFirst));
        Assert.Equal([3, 3, 2, 2], plan.Perturbations.Select(perturbation => perturbation.StepCount));
    }

    [Fact]
    public void Of_BoxesWithoutPercentages_AsksForThePictureAsItIsOnce()
    {
        var boxes = new[] { new SquareBoxes(1, [(0, 0), (1, 1)]), new SquareBoxes(2, [(0, 0), (0, 0)]) };

        var plan = PerturbationPlan.Of([PixelMap.OfPixels(new float[4], 2, 2), PixelMap.OfPixels(new float[4], 2, 2)], [], boxes);

        // Untouched, two pixels, and the whole picture, which is the baseline and drawn twice.
        Assert.Equal((4, 10), (plan.ForwardPasses, plan.NaiveForwardPasses));
        Assert.IsType<PlannedPerturbation.Untouched>(plan.Perturbations[0]);
        Assert.IsType<PlannedPerturbation.EveryPixel>(plan.Perturbations[3]);
        Assert.Equal([new BoxReader(1, 0), new BoxReader(1, 1)], plan.ReadersOf(3, 0).Boxes);
    }

    [Fact]
    public void Of_AnyMap_LeavesItsScoresAlone()
    {
        var scores = Scores(3, 16);
        var before = scores.ToArray();

        PerturbationPlan.Of([PixelMap.OfTokens(scores, 4, 4, 2)], TwentyOnePercents, [BoxSampler.Draw(0, 0, 2, 8, 8), BoxSampler.Draw(0, 0, 4, 8, 8)]);

        Assert.Equal(before, scores);
    }

    [Fact]
    public void ReadersOf_AnswerThatIsNotPlanned_IsRefused()
    {
        var plan = PerturbationPlan.Of([PixelMap.OfPixels(new float[4], 2, 2)], [0, 50], []);

        Assert.Throws<ArgumentOutOfRangeException>(() => plan.ReadersOf(plan.Perturbations.Count, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.ReadersOf(0, plan.Perturbations[0].StepCount));
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.ReadersOf(-1, 0));
    }

    private static float[] Scores(int map, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (CounterRandom.Word((ulong)map, (ulong)i) >> 40) / (float)(1 << 23) - 1)];

    private static IEnumerable<(int Perturbation, int Step, AnswerReaders Readers)> Answers(PerturbationPlan plan) =>
        from perturbation in Enumerable.Range(0, plan.Perturbations.Count)
        from step in Enumerable.Range(0, plan.Perturbations[perturbation].StepCount)
        select (perturbation, step, plan.ReadersOf(perturbation, step));

    /// <summary>Map and percentage of the readers that share an answer with another map.</summary>
    private static IEnumerable<(int Map, int Percent)> Shared(PerturbationPlan plan, PixelOrder order) =>
        from answer in Answers(plan)
        where answer.Readers.Curves.Select(reader => reader.Map).Distinct().Count() > 1
        from reader in answer.Readers.Curves
        where reader.Order == order
        select (reader.Map, reader.Percent);

    private static int[] Pixels(byte[] perturbed) =>
        [.. MemoryMarshal.Cast<byte, Pixel>(perturbed).ToArray().Index().Where(pixel => pixel.Item == default).Select(pixel => pixel.Index)];

    private static int[] Expected(PlanSample sample, CurveReader reader)
    {
        var scores = sample.Maps[reader.Map].Scores.ToArray();
        var pixels = Enumerable.Range(0, scores.Length);
        var ranked = reader.Order == PixelOrder.MostImportantFirst ? pixels.OrderByDescending(i => scores[i]) : pixels.OrderBy(i => scores[i]);
        return [.. ranked.Take((int)Math.Round(scores.Length * sample.Percents[reader.Percent] / 100, MidpointRounding.ToEven)).Order()];
    }

    private static int[] Expected(PixelBox box, int width) =>
    [
        .. from row in Enumerable.Range(box.Top, box.Height)
           from column in Enumerable.Range(box.Left, box.Width)
           select (row * width) + column,
    ];

    private record struct Pixel(byte Red, byte Green, byte Blue);

    private static float[] Noise(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 400).Select(_ => random.NextSingle())];
    }
}
