using System.Globalization;
using System.Text.Json;
using Cdam.Scoring.Plots;
using Cdam.Scoring.Reports;
using Cdam.V1;
using Spectre.Console;

namespace Cdam.Cli.Tuning;

/// <summary>The curve as CSV, PNG and SVG, and the chosen levels for people or as JSON.</summary>
internal sealed class TuneReport(TuneArguments arguments)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public async Task Write(TunedNoise tuned, CancellationToken cancellation)
    {
        Directory.CreateDirectory(arguments.Output);
        await File.WriteAllLinesAsync(Path("noise.csv"), Rows(tuned), cancellation);
        var figure = CurvePlot.Draw(
            "noise", "A_LIF−MIF at each noise level, mean over images: high is good.", "noise level",
            [.. tuned.Result.Methods.Select(Line)]);
        await File.WriteAllBytesAsync(Path($"{figure.Name}.png"), figure.Png, cancellation);
        await File.WriteAllTextAsync(Path($"{figure.Name}.svg"), figure.Svg, cancellation);
        Print(tuned);
    }

    private static PlottedCurve Line(TunedMethod method) =>
        new(method.Method, [.. method.Curve.Select(point => (double)point.NoiseLevel)], [.. method.Curve.Select(point => point.Mean)]);

    private static IEnumerable<string> Rows(TunedNoise tuned) =>
    [
        "method,noise_level,a_lif_mif,lower,upper,images,chosen",
        .. from method in tuned.Result.Methods
           from point in method.Curve
           select string.Create(CultureInfo.InvariantCulture,
               $"{method.Method},{point.NoiseLevel},{point.Mean:R},{End(point.HasLower, point.Lower)},{End(point.HasUpper, point.Upper)},{tuned.Progress.MeasuredCount},{(point.NoiseLevel == method.NoiseLevel ? 1 : 0)}"),
    ];

    private static string End(bool known, double value) => known ? value.ToString("R", CultureInfo.InvariantCulture) : "";

    private void Print(TunedNoise tuned)
    {
        foreach (var failed in tuned.Failed)
        {
            CommandErrors.Console.MarkupLineInterpolated($"[yellow]not measured[/] {failed.Name}: {failed.Error.Message}");
        }

        if (arguments.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(tuned.Result.Methods.Select(method => new
            {
                method.Method,
                method.NoiseLevel,
                Curve = method.Curve.Select(point => new { point.NoiseLevel, ALifMif = point.Mean }),
            }), Json));
            return;
        }

        var shown = new Table().Border(TableBorder.Simple).Title("A_LIF−MIF by noise level; the best is bold").AddColumn("method");
        foreach (var point in tuned.Result.Methods[0].Curve)
        {
            shown.AddColumn(new TableColumn(point.NoiseLevel.ToString(CultureInfo.InvariantCulture)).RightAligned());
        }

        foreach (var method in tuned.Result.Methods)
        {
            shown.AddRow([Markup.Escape(method.Method), .. method.Curve.Select(point =>
                point.NoiseLevel == method.NoiseLevel ? $"[bold]{ReportNumber.Of(point.Mean)}[/]" : ReportNumber.Of(point.Mean))]);
        }

        AnsiConsole.Write(shown);
        PrintChoice(tuned);
    }

    private void PrintChoice(TunedNoise tuned)
    {
        foreach (var method in tuned.Result.Methods)
        {
            AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{method.Method}: noise level {method.NoiseLevel}"));
        }

        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{tuned.Progress.MeasuredCount} images, {tuned.Progress.ForwardPasses} forward passes of perturbed pictures; curve: {Path("noise.png")}"));
    }

    private string Path(string file) => System.IO.Path.GetFullPath(System.IO.Path.Combine(arguments.Output, file));
}
