namespace Cdam.Explainer.Concepts;

/// <summary>ConceptService cannot be asked now.</summary>
internal sealed class ConceptServiceLostException(string message, Exception cause) : Exception(message, cause)
{
    public TimeSpan RetryAfter { get; } = TimeSpan.FromSeconds(1);
}
