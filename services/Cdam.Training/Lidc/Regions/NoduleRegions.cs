namespace Cdam.Training.Lidc.Regions;

/// <summary>
/// Parts of a nodule's crop, for asking whether a map lies where it should. Each is an array as long as the mask, in its order. Voxels
/// measure 1 mm; the surface runs midway between a voxel of the nodule and one beside it.
/// </summary>
public sealed record NoduleRegions
{
    /// <summary>How far the edge reaches to both sides of the surface, mm.</summary>
    public const double EdgeDepth = 1.5;

    // Spicules are up to about 2 mm thick at their foot; what a ball of 3 mm does not fit into counts as one.
    private const double SpiculeRadius = 1.5;

    // A digital ball has tips of one voxel that no smaller ball fits into: they are no spicules.
    private const int SmallestSpicule = 3;
    private const double SpiculeMargin = 1;
    private const double SpiculeReach = 3;

    private NoduleRegions()
    {
    }

    /// <summary>The mask.</summary>
    public required IReadOnlyList<bool> Body { get; init; }

    /// <summary>Within <see cref="EdgeDepth"/> of the surface, on both sides.</summary>
    public required IReadOnlyList<bool> Edge { get; init; }

    /// <summary>
    /// What morphological opening takes off the mask, and 1 mm around; where it takes nothing off, the 3 mm outside the surface, in which
    /// spicules too thin for a contour would lie.
    /// </summary>
    public required IReadOnlyList<bool> Spicules { get; init; }

    /// <summary>Deeper than <see cref="EdgeDepth"/>; of nodules that are nowhere so deep, the deepest voxels.</summary>
    public required IReadOnlyList<bool> Core { get; init; }

    /// <summary>Neither body nor edge nor spicules.</summary>
    public required IReadOnlyList<bool> Surroundings { get; init; }

    /// <summary>Cuts a crop into regions.</summary>
    /// <param name="mask">The nodule, columns fastest, then rows, then slices.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="depth">Slices; 1 for a single slice, whose regions know nothing of the slices beside it.</param>
    /// <exception cref="ArgumentException">The mask is empty, or its length is not width × height × depth.</exception>
    public static NoduleRegions Of(IReadOnlyList<bool> mask, int width, int height, int depth)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var geometry = new MaskGeometry(width, height, depth);
        if (mask.Count != geometry.Count)
        {
            throw new ArgumentException($"mask has {mask.Count} voxels; must have {width} × {height} × {depth} = {geometry.Count}", nameof(mask));
        }

        bool[] body = [.. mask];
        if (!body.Contains(true))
        {
            throw new ArgumentException("mask has no voxel inside; must have at least one", nameof(mask));
        }

        var signed = SignedDistance(geometry, body);
        var edge = Array.ConvertAll(signed, distance => Math.Abs(distance) <= EdgeDepth);
        var spicules = SpiculesOf(geometry, body, signed);
        var deepest = Math.Max(signed.Min(), -EdgeDepth);
        return new NoduleRegions
        {
            Body = body,
            Edge = edge,
            Spicules = spicules,
            Core = Array.ConvertAll(signed, distance => deepest > -EdgeDepth ? distance <= deepest : distance < -EdgeDepth),
            Surroundings = [.. body.Select((inside, i) => !inside && !edge[i] && !spicules[i])],
        };
    }

    /// <summary>mm from each voxel's middle to the surface, negative inside.</summary>
    private static double[] SignedDistance(MaskGeometry geometry, bool[] body)
    {
        var outwards = geometry.DistanceTo(body);
        var inwards = geometry.DistanceTo(Array.ConvertAll(body, inside => !inside));
        return [.. body.Select((inside, i) => inside ? 0.5 - inwards[i] : outwards[i] - 0.5)];
    }

    private static bool[] SpiculesOf(MaskGeometry geometry, bool[] body, double[] signed)
    {
        var opened = geometry.Opened(body, SpiculeRadius);
        var thin = geometry.WithoutSpecks([.. body.Select((inside, i) => inside && !opened[i])], SmallestSpicule);
        return opened.Contains(true) && thin.Contains(true)
            ? Array.ConvertAll(geometry.DistanceTo(thin), distance => distance <= SpiculeMargin)
            : Array.ConvertAll(signed, distance => distance is > 0 and <= SpiculeReach);
    }
}
