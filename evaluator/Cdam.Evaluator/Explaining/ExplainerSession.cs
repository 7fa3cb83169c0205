using System.Runtime.CompilerServices;
using Cdam.Scoring.Planning;
using Cdam.V1;
using Grpc.Core;

namespace Cdam.Evaluator.Explaining;

/// <summary>The calls that one evaluation makes to its explainer; the wire's types end here.</summary>
/// <param name="client">The channel to the explainers.</param>
/// <param name="request">A request that was checked; a concept is given by its vector.</param>
/// <param name="deadline">The caller's.</param>
internal sealed class ExplainerSession(ExplainerService.ExplainerServiceClient client, EvaluateImageRequest request, DateTime deadline)
{
    private readonly ExchangeMeter _meter = new();

    /// <summary>Whether maps are drawn over the picture, too.</summary>
    internal bool WithOverlays { get; init; }

    /// <summary>The id that the target's concept was asked for by; empty for none.</summary>
    internal string ConceptId { get; init; } = "";

    /// <summary>Time spent awaiting answers so far.</summary>
    internal TimeSpan Waited => _meter.Waiting.Elapsed;

    /// <summary>Bytes of messages to the explainer so far.</summary>
    internal long SentBytes => _meter.SentBytes;

    /// <summary>Bytes of the explainer's messages so far.</summary>
    internal long ReceivedBytes => _meter.ReceivedBytes;

    /// <summary>Gets the maps of all methods, the prepared picture, tokens and token gradients.</summary>
    /// <exception cref="RpcException">The explainer refuses, fails, or gives what cannot be used.</exception>
    internal async Task<Explanation> ExplainAsync(CancellationToken cancellation)
    {
        var builder = new ExplanationBuilder(Math.Max(1, request.Methods.Count));
        var answers = Exchange.RunAsync(
            token => client.ExplainStream(Options(token)), [ExplainRequests.Of(request, WithOverlays)], _meter, cancellation);
        await foreach (var answer in answers)
        {
            builder.Add(answer);
        }

        var explanation = builder.Build();
        return explanation with { Target = explanation.Target with { ConceptId = ConceptId } };
    }

    /// <summary>Asks for the target's logit under each perturbation of a plan; answers come in any order.</summary>
    /// <param name="picture">Sent once.</param>
    /// <param name="baseline">What replaces the pixels of <paramref name="picture"/>, of its layout.</param>
    /// <param name="target">Which logit.</param>
    /// <param name="perturbations">Answers name them by position.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="RpcException">As for <see cref="ExplainAsync"/>.</exception>
    internal async IAsyncEnumerable<PerturbedLogit> PredictAsync(
        RgbPicture picture,
        byte[] baseline,
        TargetLogit target,
        IReadOnlyList<PlannedPerturbation> perturbations,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var requests = PredictRequests.Of(request, picture, baseline, target, perturbations);
        var ready = false;
        await foreach (var answer in Exchange.RunAsync(token => client.Predict(Options(token)), requests, _meter, cancellation))
        {
            if (!ready)
            {
                ready = answer.EventCase == PredictResponse.EventOneofCase.Ready
                    ? true
                    : throw ExplainerFault.BadAnswer($"Predict begins with '{answer.EventCase}'; 'ready' must come first.");
                continue;
            }

            yield return PredictAnswers.Read(answer, target);
        }
    }

    // The gateway can route by this header without reading a message.
    private CallOptions Options(CancellationToken cancellation) =>
        new(new Metadata { { "cdam-model", request.Model } }, deadline, cancellation);
}
