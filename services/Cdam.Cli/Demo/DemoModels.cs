using Cdam.Cli.Models;

namespace Cdam.Cli.Demo;

/// <summary>The models that the demonstration asks, by their resource names.</summary>
internal static class DemoModels
{
    public const string Scenes = "models/scenes";

    public const string Concepts = "models/scenes-concepts";

    public const string Malignancy = "models/nodule-malignancy";

    public const string Biomarkers = "models/nodule-biomarkers";

    /// <summary>Their folders: those that came with the program, and stand-ins for the rest.</summary>
    /// <param name="scratch">Where stand-ins go.</param>
    public static IReadOnlyList<string> Folders(string scratch)
    {
        var shipped = new ModelLocations().All().Where(found => found.IsShipped).ToDictionary(found => $"models/{found.Id}", found => found.Folder);
        return [.. ((string[])[Scenes, Concepts, Malignancy, Biomarkers]).Select(name => shipped.GetValueOrDefault(name) ?? StandInModels.Write(name, scratch))];
    }
}
