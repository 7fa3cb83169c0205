using Cdam.Cli.Localization;
using Cdam.Scenes;
using Cdam.V1;

namespace Cdam.Cli.Demo;

/// <summary>Scenes of two objects, explained for both classes, and where the maps' mass lies over more of them.</summary>
internal static class SceneSection
{
    private const int Shown = 4;
    private const int Measured = 40;
    private static readonly string[] Methods = ["cdam", "smooth-cdam", "integrated-cdam"];

    public static async Task<DemoSection> Make(ExplainerService.ExplainerServiceClient client, SceneGenerator generator, CancellationToken cancellation)
    {
        var localization = new SceneLocalization(client, DemoModels.Scenes, Methods);
        var rows = new List<DemoRow>();
        for (var index = 0; index < Measured; index++)
        {
            var scene = generator.Draw(SceneSet.TwoObjects, (uint)index);
            var wishes = index < Shown ? new MapOptions { IncludeOverlay = true } : null;
            var answer = await localization.Add(scene, wishes, cancellation);
            if (index < Shown)
            {
                rows.AddRange(scene.Objects.Select((placed, position) => Row(scene, placed, position, answer, $"scene{index + 1}")));
            }
        }

        var results = localization.Rows;
        var table = new DemoTable(
            $"Share of a map's positive mass on its own object rather than on the other, mean over both maps of {Measured} scenes",
            ["method", "on its own object"],
            [.. results.Select(row => (IReadOnlyList<string>)[row.Name, $"{100 * row.OnOwn:0.0} %"])]);
        return new DemoSection(
            "scenes",
            "Two objects, two answers",
            "The same picture, explained for each of its two classes: a map should light up on its own object and leave the other alone, or speak against it.",
            rows,
            [table],
            new { Scenes = Measured, OnOwnObject = results.ToDictionary(row => row.Name, row => row.OnOwn) });
    }

    private static DemoRow Row(Scene scene, SceneObject placed, int position, ExplainResponse answer, string name)
    {
        var label = SceneGenerator.ClassNames[placed.ClassIndex];
        var figures = new List<DemoFigure>
        {
            new($"{name}.png", "the picture", ScenePicture.Plain(scene)),
            new($"{name}.{position}-mask.png", $"where the {label} is", ScenePicture.Masked(scene, placed)),
        };
        figures.AddRange(answer.Maps.Where(map => map.Target.TargetIndex == position)
            .Select(map => new DemoFigure($"{name}.{position}-{map.Method}.png", map.Method, map.OverlayPng.ToByteArray())));
        return new DemoRow($"{label} (logit {answer.Logits[placed.ClassIndex]:0.0})", figures);
    }
}
