using Cdam.Evaluator.Explaining;
using Cdam.Scoring.Maps;
using Cdam.Scoring.Perturbations;
using Cdam.Scoring.Planning;
using Cdam.V1;

namespace Cdam.Evaluator.Tests;

public sealed class PredictRequestsTests
{
    private const int Side = 224;

    [Fact]
    public void Of_PlanWithBoxesAndRankings_CostsLittleOnTheWire()
    {
        var map = PixelMap.OfPixels(Enumerable.Range(0, Side * Side).Select(i => (float)(i * 7919L % 50_177)).ToArray(), Side, Side);
        SquareBoxes[] boxes = [BoxSampler.Draw(0, 0, 7, Side, Side), BoxSampler.Draw(0, 0, 200, Side, Side)];
        var plan = PerturbationPlan.Of([map], [.. Enumerable.Range(0, 21).Select(step => step * 5.0)], boxes);

        var messages = Messages(plan);

        Assert.Equal(plan.Perturbations.Count, messages.Count);
        Assert.All(messages.Where(message => message.Perturbation.Box is not null), message => Assert.InRange(message.CalculateSize(), 1, 100));
        var rankings = messages.Where(message => message.Perturbation.RankPlan is not null).ToList();
        Assert.Equal(2, rankings.Count);
        Assert.All(rankings, message => Assert.InRange(message.CalculateSize(), 1, 2 * Side * Side));
    }

    [Fact]
    public void Of_EachKindOfPerturbation_SaysWhatItReplaces()
    {
        var map = PixelMap.OfPixels(new float[] { 3, 1, 2, 0, 5, 4 }, 2, 3);
        var plan = PerturbationPlan.Of([map], [0, 50, 100], [new(1, [(1, 2), (0, 0)]), new(2, [(0, 1), (0, 1)])]);

        var messages = Messages(plan).ToDictionary(message => message.Perturbation.PerturbationId, message => message.Perturbation);

        for (var position = 0; position < plan.Perturbations.Count; position++)
        {
            var message = messages[position];
            switch (plan.Perturbations[position])
            {
                case PlannedPerturbation.Boxed { Box: var box }:
                    Assert.Equal((box.Top, box.Left, box.Height, box.Width), (message.Box.Top, message.Box.Left, message.Box.Height, message.Box.Width));
                    break;
                case PlannedPerturbation.Ranked { Plan: var ranks }:
                    Assert.Equal(ranks.StepCount, message.RankPlan.StepCount);
                    Assert.Equal(ranks.FirstStep.ToArray(), message.RankPlan.FirstStep.ToByteArray());
                    break;
                case var whole:
                    Assert.Equal((Perturbation.RegionOneofCase.Everything, whole is PlannedPerturbation.EveryPixel), (message.RegionCase, message.Everything));
                    break;
            }
        }
    }

    private static List<PredictRequest> Messages(PerturbationPlan plan)
    {
        var request = new EvaluateImageRequest { Model = "models/any" };
        var picture = new RgbPicture(1, 1, new byte[3]);
        return [.. PredictRequests.Of(request, picture, picture.Rgb, new TargetLogit(0, 0, "any", 0), plan.Perturbations).Where(message => message.Perturbation is not null)];
    }
}
