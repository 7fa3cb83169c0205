using Cdam.Evaluator.Explaining;

namespace Cdam.Evaluator.Sessions;

/// <summary>All that was measured on an image.</summary>
/// <param name="Target">What was read.</param>
/// <param name="Methods">In the order of the settings.</param>
/// <param name="ForwardPasses">Perturbed pictures that were asked for.</param>
/// <param name="NaiveForwardPasses">The same without sharing.</param>
/// <param name="WaitedForExplainer">Of <paramref name="Total"/>.</param>
/// <param name="Total">All of it.</param>
internal sealed record ImageOutcome(
    TargetLogit Target,
    IReadOnlyList<MeasuredMethod> Methods,
    int ForwardPasses,
    int NaiveForwardPasses,
    TimeSpan WaitedForExplainer,
    TimeSpan Total)
{
    /// <summary>Taken by the session since the image before.</summary>
    internal ProcessorTime Processor { get; init; }

    /// <summary>Bytes of messages to the explainer.</summary>
    internal long SentBytes { get; init; }

    /// <summary>Bytes of the explainer's messages.</summary>
    internal long ReceivedBytes { get; init; }

    /// <summary>Maps of an image that reports show; empty of the others.</summary>
    internal IReadOnlyList<ExampleMap> Examples { get; init; } = [];
}
