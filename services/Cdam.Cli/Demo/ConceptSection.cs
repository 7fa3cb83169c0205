using Cdam.Cli.Localization;
using Cdam.Scenes;
using Cdam.Scoring.Localization;
using Cdam.V1;

namespace Cdam.Cli.Demo;

/// <summary>The model without its head, asked for concepts that it was never asked for: which of two objects has a surface like this?</summary>
internal static class ConceptSection
{
    private const int MeasuredOfEach = 12;
    private static readonly TexturePattern[] Patterns = [TexturePattern.Striped, TexturePattern.Dotted, TexturePattern.Checked, TexturePattern.Marbled];

    public static async Task<DemoSection> Make(ExplainerService.ExplainerServiceClient client, SceneGenerator generator, CancellationToken cancellation)
    {
        var tally = new LocalizationTally();
        var rows = new List<DemoRow>();
        foreach (var pattern in Patterns)
        {
            var concept = pattern.ToString().ToLowerInvariant();
            foreach (var (number, scene) in WithOne(generator, pattern).Take(MeasuredOfEach).Index())
            {
                var request = new ExplainRequest
                {
                    Model = DemoModels.Concepts,
                    Image = SceneImage.Of(scene),
                    Targets = { new Target { ConceptId = concept } },
                    Methods = { new MethodSpec { Name = "cdam" }, new MethodSpec { Name = "smooth-cdam" } },
                    MapOptions = new MapOptions { IncludeOverlay = number == 0 },
                };
                var answer = await client.ExplainAsync(request, cancellationToken: cancellation);
                foreach (var map in answer.Maps)
                {
                    var (own, other) = (Coverage(scene, map, of: true, pattern), Coverage(scene, map, of: false, pattern));
                    tally.Add($"{concept}, {map.Method}", [.. map.Scores], own, other);
                }

                if (number == 0)
                {
                    rows.Add(Row(concept, scene, pattern, answer));
                }
            }
        }

        var results = tally.Rows();
        return new DemoSection(
            "concepts",
            "Concepts: what is striped here?",
            "A concept is the mean latent of thirty pictures. The same network, without its classifier, is asked how much a scene resembles it; "
            + "one of the two objects has the concept's surface.",
            rows,
            [new DemoTable(
                $"Share of positive mass on the object with the concept's surface rather than on the other, mean over {MeasuredOfEach} scenes",
                ["concept, method", "on the right object"],
                [.. results.Select(row => (IReadOnlyList<string>)[row.Name, $"{100 * row.OnOwn:0.0} %"])])],
            results.ToDictionary(row => row.Name, row => row.OnOwn));
    }

    /// <summary>Two-object scenes of which exactly one object has the pattern.</summary>
    private static IEnumerable<Scene> WithOne(SceneGenerator generator, TexturePattern pattern) =>
        generator.Stream(SceneSet.TwoObjects).Where(scene => scene.Objects.Count(placed => placed.Pattern == pattern) == 1);

    private static float[] Coverage(Scene scene, Map map, bool of, TexturePattern pattern)
    {
        var placed = scene.Objects.Single(placed => placed.Pattern == pattern == of);
        return PatchCoverage.Of(placed.Mask, scene.Side, scene.Side, map.Rows, map.Columns);
    }

    private static DemoRow Row(string concept, Scene scene, TexturePattern pattern, ExplainResponse answer) => new(
        $"{concept} (similarity {answer.Maps[0].Target.Value:0.0})",
        [
            new($"concept.{concept}.png", "the picture", ScenePicture.Plain(scene)),
            new($"concept.{concept}-mask.png", $"what is {concept}", ScenePicture.Masked(scene, scene.Objects.Single(placed => placed.Pattern == pattern))),
            .. answer.Maps.Select(map => new DemoFigure($"concept.{concept}-{map.Method}.png", map.Method, map.OverlayPng.ToByteArray())),
        ]);
}
