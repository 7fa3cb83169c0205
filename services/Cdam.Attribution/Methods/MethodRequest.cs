namespace Cdam.Attribution.Methods;

/// <summary>A method and its parameters; null means the method's default.</summary>
/// <param name="Name">Name or alias, see <see cref="MethodCatalog"/>.</param>
public sealed record MethodRequest(string Name)
{
    /// <summary>Noisy samples or integration steps, 1 to 1000.</summary>
    public int? SampleCount { get; init; }

    /// <summary>Standard deviation of the noise relative to (max − min) of the noised tensor, above 0 and at most 1.</summary>
    public float? NoiseLevel { get; init; }

    /// <summary>Where noise or path apply.</summary>
    public TokenSpace? Space { get; init; }

    /// <summary>Seed of the noise.</summary>
    public ulong? Seed { get; init; }

    /// <summary>
    /// The noise itself: samples × tokens × embedding-dim values, of a method that adds it to pixels samples × 3 × height × width.
    /// Excludes all others but <see cref="Space"/>.
    /// </summary>
    public float[]? Noise { get; init; }

    /// <summary>The shape that <see cref="Noise"/> was given in, samples first, where it was given in one; must fit then.</summary>
    public IReadOnlyList<long>? NoiseShape { get; init; }
}
