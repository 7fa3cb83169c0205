namespace Cdam.Cli.Demo;

/// <summary>The models that come with the program, by their resource names.</summary>
internal static class DemoModels
{
    public const string Scenes = "models/scenes";

    public const string Concepts = "models/scenes-concepts";

    public const string Malignancy = "models/nodule-malignancy";

    public const string Biomarkers = "models/nodule-biomarkers";
}
