using Cdam.Scenes;
using Cdam.Scoring.Localization;
using Cdam.V1;

namespace Cdam.Cli.Localization;

/// <summary>
/// Explains two-object scenes for both their classes, and adds up how much of each map's positive mass falls on its own object rather than
/// on the other.
/// </summary>
internal sealed class SceneLocalization(ExplainerService.ExplainerServiceClient client, string model, IReadOnlyList<string> methods)
{
    private readonly LocalizationTally _tally = new();

    /// <summary>So far.</summary>
    public IReadOnlyList<LocalizationRow> Rows => _tally.Rows();

    /// <summary>Explains a scene and takes its maps in.</summary>
    /// <returns>The answer, for showing.</returns>
    public async Task<ExplainResponse> Add(Scene scene, MapOptions? wishes, CancellationToken cancellation)
    {
        var request = new ExplainRequest { Model = model, Image = SceneImage.Of(scene), MapOptions = wishes };
        request.Targets.AddRange(scene.Objects.Select(placed => new Target { Index = placed.ClassIndex }));
        request.Methods.AddRange(methods.Select(name => new MethodSpec { Name = name }));
        var answer = await client.ExplainAsync(request, cancellationToken: cancellation);
        foreach (var map in answer.Maps)
        {
            var coverages = scene.Objects.Select(placed => PatchCoverage.Of(placed.Mask, scene.Side, scene.Side, map.Rows, map.Columns)).ToArray();
            // A map that knows no target is as good, or as bad, for either.
            foreach (var own in map.Target is null ? [0, 1] : (int[])[map.Target.TargetIndex])
            {
                _tally.Add(map.Method, [.. map.Scores], coverages[own], coverages[1 - own]);
            }
        }

        return answer;
    }
}
