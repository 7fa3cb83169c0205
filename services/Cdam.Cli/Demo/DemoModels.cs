using Cdam.Cli.Models;

namespace Cdam.Cli.Demo;

/// <summary>The models that the demonstration asks, by their resource names.</summary>
internal static class DemoModels
{
    public const string Scenes = "models/scenes";

    public const string Concepts = "models/scenes-concepts";

    public const string Malignancy = "models/nodule-malignancy";

    public const string Biomarkers = "models/nodule-biomarkers";

    /// <summary>Their folders, as they came with the program.</summary>
    public static IReadOnlyList<string> Folders()
    {
        var locations = new ModelLocations();
        return [.. ((string[])[Scenes, Concepts, Malignancy, Biomarkers]).Select(name => Path.Combine(locations.Shipped, name["models/".Length..]))];
    }
}
