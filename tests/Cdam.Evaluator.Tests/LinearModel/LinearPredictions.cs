using Cdam.V1;
using Cdam.V1.Errors;
using Grpc.Core;

namespace Cdam.Evaluator.Tests.LinearModel;

/// <summary>One Predict call: replaces pixels as the contract says, one by one.</summary>
internal sealed class LinearPredictions(IReadOnlyDictionary<string, Concept> concepts)
{
    private PredictSetup _setup = new();
    private PerturbationPicture _picture = new();

    public string Model => _setup.Model;

    /// <summary>The model <c>short</c> stops before it has answered everything.</summary>
    public bool HasEndedEarly { get; private set; }

    public IEnumerable<PredictResponse> Take(PredictRequest request)
    {
        switch (request.MessageCase)
        {
            case PredictRequest.MessageOneofCase.Setup:
                _setup = request.Setup;
                return [new PredictResponse { Ready = new PredictReady { Model = Model, MaxInFlight = 8, MaxPictures = 1, Concepts = { _setup.ConceptIds.Select(Find) } } }];
            case PredictRequest.MessageOneofCase.Picture:
                _picture = request.Picture;
                return [];
            default:
                HasEndedEarly = Model == "models/short";
                return Answer(request.Perturbation);
        }
    }

    private Concept Find(string id) => concepts.TryGetValue(id, out var concept)
        ? concept
        : throw WireStatus.NotFound("concept", $"concepts/{id}", $"setup.concept_ids[0] is \"{id}\"; no concept has this id").ToRpcException();

    private static bool Holds(Box box, int pixel)
    {
        var (row, column) = (pixel / LinearPicture.Width - box.Top, pixel % LinearPicture.Width - box.Left);
        return row >= 0 && row < box.Height && column >= 0 && column < box.Width;
    }

    private IEnumerable<PredictResponse> Answer(Perturbation perturbation)
    {
        var plan = perturbation.RankPlan;
        for (var step = 0; step < (plan?.StepCount ?? 1); step++)
        {
            var k = step;
            var rgb = Replace(pixel => plan is not null ? plan.FirstStep[pixel] <= k : perturbation.Box is { } box ? Holds(box, pixel) : perturbation.Everything);
            var logits = new PerturbedLogits { PerturbationId = perturbation.PerturbationId, Step = step };
            logits.Values.AddRange(_setup.OutputIndices.Count > 0
                ? _setup.OutputIndices.Select(output => LinearPicture.Logit(output, rgb))
                : [.. Enumerable.Range(0, LinearPicture.Outputs).Select(_ => -1e6f), .. _setup.Concepts.Select(concept => LinearPicture.Logit(LinearPicture.OutputOf(concept), rgb))]);
            if (Model == "models/nan")
            {
                logits.Values[0] = float.NaN;
            }

            yield return new PredictResponse { Logits = logits };
        }
    }

    private byte[] Replace(Func<int, bool> isReplaced)
    {
        var rgb = _picture.Picture.Rgb.ToByteArray();
        for (var i = 0; i < rgb.Length; i++)
        {
            rgb[i] = isReplaced(i / 3) ? _picture.Baseline.Rgb[i] : rgb[i];
        }

        return rgb;
    }
}
