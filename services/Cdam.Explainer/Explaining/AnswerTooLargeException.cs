namespace Cdam.Explainer.Explaining;

/// <summary>What a request asks for exceeds a limit; known before it is computed.</summary>
/// <param name="bytes">What the answer would weigh.</param>
/// <param name="limit">The limit.</param>
/// <param name="option">Where the limit is set.</param>
internal sealed class AnswerTooLargeException(long bytes, long limit, string option)
    : Exception($"the answer's maps and tensors would take about {bytes} bytes; at most {limit} are sent: ask for fewer targets, methods or tensors")
{
    public string Option { get; } = option;
}
