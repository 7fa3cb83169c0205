namespace Cdam.Explainer.Streams;

/// <summary>Raised by the first of several concurrent steps.</summary>
internal sealed class OnceFlag
{
    private int _raised;

    public bool IsRaised => Volatile.Read(ref _raised) != 0;

    /// <summary>True for the caller that raises it.</summary>
    public bool Raise() => Interlocked.Exchange(ref _raised, 1) == 0;
}
