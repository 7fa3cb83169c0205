namespace Cdam.Explainer.Concepts;

/// <summary>A concept is kept that does not belong to the model as it is served here.</summary>
/// <param name="id">The concept's.</param>
/// <param name="reason">Stable, UPPER_SNAKE_CASE.</param>
/// <param name="message">What it belongs to, and what to do.</param>
internal sealed class ConceptMismatchException(string id, string reason, string message) : Exception(message)
{
    public string Id { get; } = id;

    public string Reason { get; } = reason;
}
