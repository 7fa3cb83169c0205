using Cdam.Evaluator.Sessions;
using Cdam.Scoring.Plots;
using Cdam.Scoring.Reports;
using Cdam.Scoring.Statistics;
using Cdam.V1;
using Status = Google.Rpc.Status;

namespace Cdam.Evaluator.Reports;

/// <summary>What tables, plots and pages show of a session, gathered in one pass over its images.</summary>
internal sealed class GatheredResults
{
    private const string Attention = "attention";
    private const string Cdam = "cdam";

    // A page that names every one of a large folder would be nothing else.
    private const int MostFailures = 20;

    private readonly BenchmarkSettings _settings;
    private readonly MeanTable _means;
    private readonly Dictionary<(string Curve, string Method), MeanCurve> _curves = [];
    private readonly List<string> _curveNames = [];
    private readonly List<ReportExample> _examples = [];
    private readonly List<PlottedScores> _scatter = [];
    private readonly List<(string Name, string Error)> _failed = [];

    private GatheredResults(BenchmarkSettings settings) => (_settings, _means) = (settings, new MeanTable(settings));

    /// <summary>Maps of the first images.</summary>
    internal IReadOnlyList<ReportExample> Examples => _examples;

    /// <summary>The first images that could not be measured, and why.</summary>
    internal IReadOnlyList<(string Name, string Error)> Failed => _failed;

    /// <summary>How many more could not be measured.</summary>
    internal int MoreFailed { get; private set; }

    internal static async Task<GatheredResults> OfAsync(BenchmarkSettings settings, IAsyncEnumerable<SettledImage> images)
    {
        var gathered = new GatheredResults(settings);
        await foreach (var image in images)
        {
            gathered.Add(image);
        }

        return gathered;
    }

    /// <summary>The paper's tables.</summary>
    internal IReadOnlyList<ReportTable> Tables() => ReportTables.Of(_settings, _means.Build(), _means.Images);

    /// <summary>The paper's plots.</summary>
    internal IReadOnlyList<ReportFigure> Figures() =>
    [
        .. _curveNames.Select(name => CurvePlot.Draw(name, [.. _settings.Methods.Where(method => _curves.ContainsKey((name, method.Name))).Select(method => Line(name, method.Name))])),
        .. _scatter.Count > 0 ? [ScatterPlot.Draw(_scatter)] : Array.Empty<ReportFigure>(),
    ];

    /// <summary>Sides of the boxes, as they came to be for the pictures.</summary>
    internal IReadOnlyList<double> BoxSides() => _settings.Methods.Select(method => _curves.GetValueOrDefault(("box", method.Name))?.X).FirstOrDefault(sides => sides is not null) ?? [];

    private PlottedCurve Line(string name, string method) => new(method, _curves[(name, method)].X, _curves[(name, method)].Y);

    private void Add(SettledImage settled)
    {
        if (settled.Image.Error is { } error)
        {
            AddFailure(settled.Image.Name, error);
            return;
        }

        _means.Add(settled.Methods);
        foreach (var method in settled.Methods)
        {
            foreach (var curve in method.Curves)
            {
                AddCurve(method.Method, curve);
            }
        }

        if (settled.Examples.Count > 0)
        {
            _examples.Add(new ReportExample(
                settled.Image.Name, settled.Image.Target ?? "", [.. settled.Examples.Where(map => map.Overlay.Length > 0).Select(map => (map.Method, map.Overlay))]));
            AddScores(settled.Image.Name, settled.Examples);
        }
    }

    private void AddFailure(string image, byte[] error)
    {
        if (_failed.Count < MostFailures)
        {
            _failed.Add((image, Status.Parser.ParseFrom(error).Message));
        }
        else
        {
            MoreFailed++;
        }
    }

    private void AddCurve(string method, MeasuredCurve curve)
    {
        if (!_curveNames.Contains(curve.Name))
        {
            _curveNames.Add(curve.Name);
        }

        if (!_curves.TryGetValue((curve.Name, method), out var mean))
        {
            _curves[(curve.Name, method)] = mean = new MeanCurve();
        }

        mean.Add(curve.X, curve.Y);
    }

    private void AddScores(string image, IReadOnlyList<ExampleMap> maps)
    {
        var attention = maps.FirstOrDefault(map => map.Method == Attention)?.TokenScores ?? [];
        var cdam = maps.FirstOrDefault(map => map.Method == Cdam)?.TokenScores ?? [];
        if (attention.Length > 0 && attention.Length == cdam.Length)
        {
            _scatter.Add(new PlottedScores(image, attention, cdam));
        }
    }
}
