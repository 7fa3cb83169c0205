namespace Cdam.Evaluator.Store;

/// <summary>One method on one image of a session.</summary>
internal sealed class ResultRow
{
    public required string BenchmarkId { get; init; }

    /// <summary>The image's.</summary>
    public int Position { get; init; }

    public required string Method { get; init; }

    /// <summary>Position of the method in the settings.</summary>
    public int MethodOrder { get; init; }

    /// <summary>Values and curves, JSON; every digit is kept.</summary>
    public required string Measured { get; init; }

    /// <summary>The map, JSON, of the images that reports show; null of the others.</summary>
    public string? Example { get; init; }
}
