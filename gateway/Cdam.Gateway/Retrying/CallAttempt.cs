namespace Cdam.Gateway.Retrying;

/// <summary>One of a call's attempts that another could follow.</summary>
internal sealed class CallAttempt
{
    /// <summary>
    /// True where the destination answered UNAVAILABLE and nothing else. Its status is then held back, as headers that can still be
    /// cleared.
    /// </summary>
    internal bool IsRefused { get; set; }
}
