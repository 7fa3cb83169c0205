namespace Cdam.Training.Lidc.Regions;

/// <summary>
/// Where in a crop a map should be positive if its model goes by what the output names. For margin, diameter, sphericity and spiculation
/// the regions are those of the paper's Section 5; the others follow what radiologists judge the rating by.
/// </summary>
public static class ExpectedRegion
{
    /// <summary>The region of one output.</summary>
    /// <param name="regions">Of the crop.</param>
    /// <param name="output">
    /// <list type="bullet">
    /// <item><c>margin</c>: the edge, since how sharp a nodule is shows nowhere else.</item>
    /// <item><c>sphericity</c>: the edge, whose curvature it describes.</item>
    /// <item><c>lobulation</c>: the edge, where bumps and notches are.</item>
    /// <item><c>spiculation</c>: the spicules.</item>
    /// <item><c>diameter</c>: the body, whose extent it is.</item>
    /// <item><c>texture</c>: the body, whose density it is.</item>
    /// <item><c>calcification</c>: the body, within which calcium lies; in its core or anywhere, by its pattern.</item>
    /// <item><c>subtlety</c>: body and edge, as contrast is judged across the surface.</item>
    /// <item><c>malignancy</c>: body, edge and spicules, since size, density, shape and margin all bear on it.</item>
    /// </list>
    /// </param>
    /// <returns>For each voxel, whether it is in the region.</returns>
    /// <exception cref="ArgumentException">There is no such output.</exception>
    public static IReadOnlyList<bool> Of(NoduleRegions regions, string output)
    {
        ArgumentNullException.ThrowIfNull(regions);
        return output switch
        {
            "margin" or "sphericity" or "lobulation" => regions.Edge,
            "spiculation" => regions.Spicules,
            "diameter" or "texture" or "calcification" => regions.Body,
            "subtlety" => [.. regions.Body.Zip(regions.Edge, (body, edge) => body || edge)],
            "malignancy" => [.. regions.Surroundings.Select(outside => !outside)],
            _ => throw new ArgumentException($"output is \"{output}\"; must be malignancy or one of the eight biomarkers", nameof(output)),
        };
    }
}
