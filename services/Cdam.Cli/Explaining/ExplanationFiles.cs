using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Cdam.Cli.Output;
using Cdam.V1;

namespace Cdam.Cli.Explaining;

/// <summary>
/// One picture's results: for each map <c>NAME.heat.png</c>, <c>NAME.overlay.png</c> and the raw scores as <c>NAME.npy</c>, NAME
/// being method and target, and <c>explanation.json</c> with logits, seeds and timings.
/// </summary>
internal sealed partial class ExplanationFiles(string folder, string image)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Writes everything.</summary>
    public void Write(ExplainResponse result, IReadOnlyList<Map> maps)
    {
        Directory.CreateDirectory(folder);
        foreach (var map in maps)
        {
            Write(map);
        }

        var summary = new
        {
            Image = image,
            result.Model,
            Logits = result.Logits.ToArray(),
            Grid = new { result.TokenLayout.Rows, result.TokenLayout.Columns, result.TokenLayout.PatchSize },
            Maps = maps.Select(Describe).ToArray(),
            Timings = new { result.Timings.QueueMs, result.Timings.PreprocessMs, result.Timings.ComputeMs, result.Timings.BatchSize },
        };
        File.WriteAllBytes(Path.Combine(folder, "explanation.json"), JsonSerializer.SerializeToUtf8Bytes(summary, Json));
    }

    private void Write(Map map)
    {
        var path = Path.Combine(folder, Name(map));
        NpyFile.Write($"{path}.npy", [.. map.Scores], map.Rows, map.Columns);
        if (map.HeadRelevance is { } heads)
        {
            var values = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(heads.Data.Span);
            NpyFile.Write($"{path}.heads.npy", values, (int)heads.Shape[0], map.Rows, map.Columns);
        }

        File.WriteAllBytes($"{path}.heat.png", map.HeatMapPng.ToByteArray());
        File.WriteAllBytes($"{path}.overlay.png", map.OverlayPng.ToByteArray());
    }

    private static object Describe(Map map) => new
    {
        File = Name(map),
        map.Method,
        map.DefinitionVersion,
        Target = map.Target is null ? null : new { map.Target.OutputIndex, Name = map.Target.DisplayName, map.Target.Value },
        SampleCount = map.Parameters is { HasSampleCount: true } samples ? samples.SampleCount : (int?)null,
        NoiseLevel = map.Parameters is { HasNoiseLevel: true } noise ? noise.NoiseLevel : (float?)null,
        Seed = map.Parameters is { HasSeed: true } seeded ? seeded.Seed : (ulong?)null,
        TokenSpace = map.Parameters is { TokenSpace: not TokenSpace.Unspecified } spaced ? spaced.TokenSpace.ToString() : null,
        CompletenessGap = map.HasCompletenessGap ? map.CompletenessGap : (float?)null,
        LargestScore = map.Scores.Max(),
        SmallestScore = map.Scores.Min(),
    };

    /// <summary>Method and target, fit for a file name.</summary>
    private static string Name(Map map)
    {
        if (map.Target is null)
        {
            return map.Method;
        }

        var target = NotForFiles().Replace(map.Target.DisplayName, "-").Trim('-');
        return map.Target.HasOutputIndex ? $"{map.Method}.{map.Target.OutputIndex}-{target}" : $"{map.Method}.{target}";
    }

    [GeneratedRegex("[^A-Za-z0-9._]+")]
    private static partial Regex NotForFiles();
}
