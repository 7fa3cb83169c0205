using Cdam.Scoring.Metrics;
using Cdam.V1;

namespace Cdam.Cli.Benching;

/// <summary>What a benchmark's events tell, image by image in the order of the source.</summary>
internal sealed class BenchResults(string name)
{
    private readonly SortedDictionary<int, ImageMeasured> _images = [];
    private readonly SortedDictionary<int, ImageFailed> _failed = [];

    /// <summary>The benchmark's name.</summary>
    public string Name { get; } = name;

    /// <summary>As the evaluator accepted them.</summary>
    public BenchmarkSettings Settings { get; private set; } = new();

    /// <summary>After the last event.</summary>
    public BenchmarkProgress Progress { get; private set; } = new();

    /// <summary>How it ended; null before.</summary>
    public BenchmarkFinished? Finished { get; private set; }

    /// <summary>From the first event to the last.</summary>
    public TimeSpan Duration { get; private set; }

    /// <summary>Images that could not be measured.</summary>
    public IReadOnlyCollection<ImageFailed> Failed => _failed.Values;

    /// <summary>Images that were.</summary>
    public IReadOnlyCollection<ImageMeasured> Images => _images.Values;

    /// <summary>Whether it came to its end with every image measured or failed for its own fault.</summary>
    public bool Succeeded => Finished?.State == BenchmarkState.Succeeded;

    /// <summary>Methods, in the order of the settings.</summary>
    public IReadOnlyList<string> Methods => [.. Settings.Methods.Select(method => method.Name)];

    /// <summary>Metrics, in the order of the settings.</summary>
    public IReadOnlyList<MetricDefinition> Metrics => [.. Settings.Metrics.Select(MetricCatalog.Find).OfType<MetricDefinition>()];

    private DateTime _begin;

    public void Add(BenchmarkEvent happened)
    {
        Progress = happened.Progress ?? Progress;
        switch (happened.EventCase)
        {
            case BenchmarkEvent.EventOneofCase.Started:
                (Settings, _begin) = (happened.Started.Settings, happened.Time.ToDateTime());
                break;
            case BenchmarkEvent.EventOneofCase.ImageMeasured:
                // An image that was measured again replaces what it was.
                _images[happened.ImageMeasured.Position] = happened.ImageMeasured;
                break;
            case BenchmarkEvent.EventOneofCase.ImageFailed:
                _failed[happened.ImageFailed.Position] = happened.ImageFailed;
                break;
            case BenchmarkEvent.EventOneofCase.Finished:
                (Finished, Duration) = (happened.Finished, happened.Time.ToDateTime() - _begin);
                break;
        }
    }

    /// <summary>A value for each measured image, NaN where it is not defined.</summary>
    public IReadOnlyList<double> Values(string method, MetricDefinition metric) =>
        [.. Results(method).Select(result => result.Values.FirstOrDefault(value => value.Metric == metric.Name)?.Value ?? double.NaN)];

    /// <summary>One curve of each measured image that has it.</summary>
    public IReadOnlyList<MetricCurve> Curves(string method, string curve) =>
        [.. Results(method).Select(result => result.Curves.FirstOrDefault(other => other.Name == curve)).OfType<MetricCurve>()];

    /// <summary>Names of the curves that there are.</summary>
    public IReadOnlyList<string> CurveNames =>
        [.. _images.Values.SelectMany(image => image.Results).SelectMany(result => result.Curves).Select(curve => curve.Name).Distinct()];

    private IEnumerable<MethodResult> Results(string method) =>
        _images.Values.Select(image => image.Results.Single(result => result.Method == method));
}
