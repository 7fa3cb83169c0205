using Cdam.Scoring.Collecting;
using Cdam.Scoring.Maps;
using Cdam.Scoring.Metrics;
using Cdam.Scoring.Perturbations;
using Cdam.Scoring.Planning;
using Cdam.Scoring.Statistics;
using Cdam.Scoring.Tests.Planning;
using CsCheck;

namespace Cdam.Scoring.Tests.Collecting;

public sealed class ScoresheetTests
{
    private static readonly PixelMap Map = PixelMap.OfPixels(new float[] { 4, 3, 2, 1 }, 2, 2);
    private static readonly SquareBoxes[] Boxes = [new(1, [(0, 0), (0, 1), (1, 0)]), new(2, [(0, 0), (0, 0)])];

    [Fact]
    public void Measurements_AnyPlanAndOrderOfArrival_AreThoseOfALoopThatSharesNothing()
    {
        Gen.Select(PlanSample.Any, Gen.Int).Sample((sample, seed) =>
        {
            var plan = sample.Plan();
            var sheet = new Scoresheet(plan, logitCount: 2);
            var completed = Fill(sheet, plan, sample.Maps[0], new Random(seed));

            Assert.Equal(Enumerable.Range(0, sample.Maps.Length), completed.Order());
            Assert.Equal(0, sheet.Outstanding);
            for (var map = 0; map < sample.Maps.Length; map++)
            {
                for (var logit = 0; logit < 2; logit++)
                {
                    CheckCurves(sheet, sample, map, logit);
                    CheckBoxes(sheet, sample, map, logit);
                }
            }
        }, iter: 100);
    }

    [Fact]
    public void Boxes_ConstantMap_HasNoCorrelation()
    {
        var plan = PerturbationPlan.Of([PixelMap.OfPixels(new[] { 0.1f, 0.1f, 0.1f, 0.1f }, 2, 2), Map], [], Boxes);
        var sheet = new Scoresheet(plan, logitCount: 2);
        Fill(sheet, plan, Map, new Random(0));

        Assert.Equal(double.NaN, sheet.Boxes(0, 0).Correlations[0]);
        Assert.Equal(double.NaN, sheet.Boxes(0, 0).Area);
        Assert.False(double.IsNaN(sheet.Boxes(1, 0).Correlations[0]));
        // All boxes of side 2 are one and the same.
        Assert.Equal(double.NaN, sheet.Boxes(1, 0).Correlations[1]);
    }

    [Fact]
    public void Metrics_CurvesAndBoxes_AreNamedByTheCatalogue()
    {
        var plan = PerturbationPlan.Of([Map, PixelMap.OfPixels(new float[] { 1, 2, 4, 3 }, 2, 2)], [0, 50, 100], Boxes);
        var sheet = new Scoresheet(plan, logitCount: 2);
        Fill(sheet, plan, Map, new Random(0));

        var metrics = sheet.Metrics(0, 1).Concat(sheet.Discrimination(rightMap: 0, wrongMap: 1, logit: 1)).ToDictionary(value => value.Metric.Name, value => value.Value);

        Assert.Equal(["a_box", "a_delta_box", "a_delta_lif_mif", "a_lif", "a_lif_mif", "a_mif", "mean_box_correlation"], metrics.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(sheet.Fidelity(0, 1).AreaBetween - sheet.Fidelity(1, 1).AreaBetween, metrics["a_delta_lif_mif"]);
        Assert.All(metrics.Keys, name => Assert.NotNull(MetricCatalog.Find(name)));
    }

    [Fact]
    public void Add_AnswerThatIsNotWanted_IsRefusedAndChangesNothing()
    {
        var plan = PerturbationPlan.Of([Map], [0, 50, 100], []);
        var sheet = new Scoresheet(plan, logitCount: 1);
        sheet.Add(0, 0, [1]);

        Refused("Perturbation 0, step 0 was answered before", 0, 0, 1);
        Refused("Perturbation 0, step 1 was never asked for", 0, 1, 1);
        Refused("Perturbation 99, step 0 was never asked for", 99, 0, 1);
        Refused("Perturbation -1, step 0 was never asked for", -1, 0, 1);
        Refused("gives [1, 2]; 1 finite logits", 1, 0, 1, 2);
        Refused("gives [NaN]", 1, 0, float.NaN);
        Assert.Equal(3, sheet.Outstanding);
        sheet.Add(1, 0, [1]);

        void Refused(string message, int perturbation, int step, params float[] logits) => Assert.Contains(
            message, Assert.Throws<UnexpectedAnswerException>(() => sheet.Add(perturbation, step, logits)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fidelity_AnswersMissing_IsRefusedUntilTheLastHasCome()
    {
        var plan = PerturbationPlan.Of([Map], [0, 50], []);
        var sheet = new Scoresheet(plan, logitCount: 1);
        Assert.Equal(3, plan.ForwardPasses);
        Assert.Empty(sheet.Add(0, 0, [2]));
        Assert.Empty(sheet.Add(1, 0, [5]));

        Assert.Contains("Map 0 misses 1 answers", Assert.Throws<InvalidOperationException>(() => sheet.Fidelity(0, 0)).Message, StringComparison.Ordinal);
        Assert.False(sheet.IsComplete(0));
        Assert.Equal([0], sheet.Add(2, 0, [3]));
        // Half of the pixels by either ranking, and in between the picture as it is, which both curves begin with.
        Assert.Equal([5, 2], sheet.Fidelity(0, 0).MostImportantFirst);
        Assert.Equal([5, 3], sheet.Fidelity(0, 0).LeastImportantFirst);
    }

    [Fact]
    public void Measurements_WhatThePlanHasNot_IsRefused()
    {
        var plan = PerturbationPlan.Of([Map], [0, 50], []);
        var sheet = new Scoresheet(plan, logitCount: 2);
        Fill(sheet, plan, Map, new Random(0));

        Assert.Throws<InvalidOperationException>(() => sheet.Boxes(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => sheet.Fidelity(0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Scoresheet(plan, logitCount: 0));
    }

    /// <summary>Answers of two linear models, in random order.</summary>
    private static List<int> Fill(Scoresheet sheet, PerturbationPlan plan, PixelMap map, Random random)
    {
        var answers = (
            from perturbation in Enumerable.Range(0, plan.Perturbations.Count)
            from step in Enumerable.Range(0, plan.Perturbations[perturbation].StepCount)
            select (perturbation, step)).ToArray();
        random.Shuffle(answers);
        var completed = new List<int>();
        foreach (var (perturbation, step) in answers)
        {
            completed.AddRange(sheet.Add(perturbation, step, Logits(plan.Perturbations[perturbation].Apply(step, Picture(map), new byte[Picture(map).Length], map.Width))));
        }

        return completed;
    }

    private static byte[] Picture(PixelMap map) => [.. Enumerable.Range(0, 3 * map.Height * map.Width).Select(i => (byte)(1 + (i * i % 101)))];

    /// <summary>Sums of whole numbers: exact in float32.</summary>
    private static float[] Logits(byte[] picture) => [picture.Sum(value => value), picture.Select((value, i) => i % 5 * value).Sum()];

    private static void CheckCurves(Scoresheet sheet, PlanSample sample, int map, int logit)
    {
        if (sample.Percents.Length == 0)
        {
            return;
        }

        var curves = sheet.Fidelity(map, logit);
        Assert.Equal(Curve(sample, map, PixelOrder.MostImportantFirst, logit), curves.MostImportantFirst);
        Assert.Equal(Curve(sample, map, PixelOrder.LeastImportantFirst, logit), curves.LeastImportantFirst);
    }

    private static double[] Curve(PlanSample sample, int map, PixelOrder order, int logit)
    {
        var ranking = Ranking.OfPixels(sample.Maps[map].Scores.Span, order);
        return Array.ConvertAll(sample.Percents, percent =>
        {
            var picture = Picture(sample.Maps[map]);
            foreach (var pixel in ranking.Take(PixelCount.Of(ranking.Length, percent)))
            {
                picture.AsSpan(3 * pixel, 3).Clear();
            }

            return (double)Logits(picture)[logit];
        });
    }

    private static void CheckBoxes(Scoresheet sheet, PlanSample sample, int map, int logit)
    {
        if (sample.Boxes.Length == 0)
        {
            return;
        }

        var pixels = sample.Maps[map];
        var sensitivity = sheet.Boxes(map, logit);
        foreach (var (position, boxes) in sample.Boxes.Index())
        {
            var (sums, drops) = (new double[boxes.Corners.Count], new double[boxes.Corners.Count]);
            for (var box = 0; box < sums.Length; box++)
            {
                var picture = Picture(pixels);
                foreach (var pixel in Enumerable.Range(0, pixels.Scores.Length).Where(pixel => Covers(boxes[box], pixel / pixels.Width, pixel % pixels.Width)))
                {
                    sums[box] += pixels.Scores.Span[pixel];
                    picture.AsSpan(3 * pixel, 3).Clear();
                }

                drops[box] = Logits(Picture(pixels))[logit] - Logits(picture)[logit];
            }

            // Sums of bilinear scores are cut at 2⁻³⁹; where they do not vary but for rounding here, the sheet knows.
            if (sums.Max() - sums.Min() > 1e-6 || double.IsNaN(PearsonCorrelation.Of(sums, drops)))
            {
                Assert.Equal(PearsonCorrelation.Of(sums, drops), sensitivity.Correlations[position], 1e-5);
            }
        }
    }

    private static bool Covers(PixelBox box, int row, int column) =>
        row >= box.Top && row < box.Top + box.Height && column >= box.Left && column < box.Left + box.Width;
}
