using Cdam.Scoring.Planning;
using Cdam.V1;
using Google.Protobuf;
using WireRankPlan = Cdam.V1.RankPlan;

namespace Cdam.Evaluator.Explaining;

/// <summary>The messages of a Predict call: setup, the picture with its baseline once, each perturbation.</summary>
internal static class PredictRequests
{
    private const int PictureId = 1;

    internal static IEnumerable<PredictRequest> Of(
        EvaluateImageRequest request,
        RgbPicture picture,
        byte[] baseline,
        TargetLogit target,
        IReadOnlyList<PlannedPerturbation> perturbations)
    {
        yield return new PredictRequest { Setup = Setup(request, target) };
        yield return new PredictRequest
        {
            Picture = new PerturbationPicture
            {
                PictureId = PictureId,
                Picture = Wire(picture),
                Baseline = Wire(picture with { Rgb = baseline }),
            },
        };
        for (var i = 0; i < perturbations.Count; i++)
        {
            yield return new PredictRequest { Perturbation = Wire(perturbations[i], i) };
        }
    }

    private static PredictSetup Setup(EvaluateImageRequest request, TargetLogit target)
    {
        var setup = new PredictSetup { Model = request.Model };
        if (target.OutputIndex is { } output)
        {
            setup.OutputIndices.Add(output);
        }
        else
        {
            setup.Concepts.Add(request.Target.Concept);
        }

        return setup;
    }

    private static Picture Wire(RgbPicture picture) => new()
    {
        Width = picture.Width,
        Height = picture.Height,

        // Not copied: neither array changes after this.
        Rgb = UnsafeByteOperations.UnsafeWrap(picture.Rgb),
    };

    private static Perturbation Wire(PlannedPerturbation planned, int position)
    {
        var perturbation = new Perturbation { PerturbationId = position, PictureId = PictureId };
        switch (planned)
        {
            case PlannedPerturbation.Ranked { Plan: var plan }:
                perturbation.RankPlan = new WireRankPlan
                {
                    StepCount = plan.StepCount,
                    FirstStep = UnsafeByteOperations.UnsafeWrap(plan.FirstStep),
                };
                break;
            case PlannedPerturbation.Boxed { Box: var box }:
                perturbation.Box = new Box { Top = box.Top, Left = box.Left, Height = box.Height, Width = box.Width };
                break;
            default:
                perturbation.Everything = planned is PlannedPerturbation.EveryPixel;
                break;
        }

        return perturbation;
    }
}
