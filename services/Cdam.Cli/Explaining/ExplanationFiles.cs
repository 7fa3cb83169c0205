using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Cdam.Attribution.Preprocessing;
using Cdam.Attribution.Rendering;
using Cdam.Cli.Output;
using Cdam.V1;

namespace Cdam.Cli.Explaining;

/// <summary>
/// One image's results: for each map <c>NAME.heat.png</c>, <c>NAME.overlay.png</c> and the raw scores as <c>NAME.npy</c>, NAME
/// being method, view of a volume and target, and <c>explanation.json</c> with logits, units, seeds and timings. Of a volume also
/// <c>VIEW.png</c>, the slice that was looked at.
/// </summary>
/// <param name="folder">Made if it is missing.</param>
/// <param name="image">What is explained, for the JSON file.</param>
/// <param name="outputs">Names and units of a volume's values; null where volumes do not occur.</param>
internal sealed partial class ExplanationFiles(string folder, string image, IReadOnlyList<ModelOutput>? outputs = null)
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

        foreach (var prepared in result.PreparedViews)
        {
            Write(prepared);
        }

        var summary = new
        {
            Image = image,
            result.Model,
            Logits = result.Logits.ToArray(),
            Outputs = result.ViewLogits.Count == 0 ? null : outputs?.Select(output => Describe(output, result)).ToArray(),
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

    private void Write(PreparedView prepared)
    {
        var picture = prepared.Image.Picture;
        var pixels = new PixelImage(picture.Width, picture.Height, picture.Rgb.ToByteArray());
        File.WriteAllBytes(Path.Combine(folder, $"{Name(prepared.View)}.png"), PngEncoder.Encode(pixels));
    }

    /// <summary>An output of a volume: the mean over the views, and each of them.</summary>
    private static object Describe(ModelOutput output, ExplainResponse result) => new
    {
        Name = output.Names[0],
        Unit = output.Unit.Length > 0 ? output.Unit : null,
        Value = result.Logits[output.Index],
        Views = result.ViewLogits.ToDictionary(view => Name(view.View), view => view.Logits[output.Index]),
    };

    private static object Describe(Map map) => new
    {
        File = Name(map),
        View = map.View == View.Unspecified ? null : Name(map.View),
        map.Method,
        map.DefinitionVersion,
        map.Rows,
        map.Columns,
        Target = map.Target is null ? null : new
        {
            OutputIndex = map.Target.HasOutputIndex ? map.Target.OutputIndex : (int?)null,
            ConceptId = map.Target.ConceptId.Length > 0 ? map.Target.ConceptId : null,
            Name = map.Target.DisplayName,
            map.Target.Value,
            ViewValue = map.HasViewValue ? map.ViewValue : (float?)null,
        },
        SampleCount = map.Parameters is { HasSampleCount: true } samples ? samples.SampleCount : (int?)null,
        NoiseLevel = map.Parameters is { HasNoiseLevel: true } noise ? noise.NoiseLevel : (float?)null,
        Seed = map.Parameters is { HasSeed: true } seeded ? seeded.Seed : (ulong?)null,
        TokenSpace = map.Parameters is { TokenSpace: not TokenSpace.Unspecified } spaced ? spaced.TokenSpace.ToString() : null,
        CompletenessGap = map.HasCompletenessGap ? map.CompletenessGap : (float?)null,
        LargestScore = map.Scores.Max(),
        SmallestScore = map.Scores.Min(),
    };

    private static string Name(View view) => view.ToString().ToLowerInvariant();

    /// <summary>Method, view and target, fit for a file name.</summary>
    private static string Name(Map map)
    {
        var method = map.View == View.Unspecified ? map.Method : $"{map.Method}.{Name(map.View)}";
        if (map.Target is null)
        {
            return method;
        }

        var name = map.Target.ConceptId.Length > 0 ? map.Target.ConceptId : map.Target.DisplayName;
        var target = NotForFiles().Replace(name, "-").Trim('-');
        return map.Target.HasOutputIndex ? $"{method}.{map.Target.OutputIndex}-{target}" : $"{method}.{target}";
    }

    [GeneratedRegex("[^A-Za-z0-9._]+")]
    private static partial Regex NotForFiles();
}
