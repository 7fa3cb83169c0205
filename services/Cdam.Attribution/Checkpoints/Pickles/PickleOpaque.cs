namespace Cdam.Attribution.Checkpoints.Pickles;

/// <summary>A value that was parsed and dropped, because no tensor can be in it.</summary>
internal sealed class PickleOpaque
{
    /// <summary>A number or bytes.</summary>
    public static readonly PickleOpaque Scalar = new();

    /// <summary>A set or an instance of a harmless class; it accepts items and attributes, and drops them.</summary>
    public static readonly PickleOpaque Instance = new();

    private PickleOpaque()
    {
    }
}
