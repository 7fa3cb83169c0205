using Cdam.V1;

namespace Cdam.Cli.Benching;

/// <summary>What a benchmark's events tell.</summary>
internal sealed class BenchResults(string name)
{
    private readonly SortedDictionary<int, ImageFailed> _failed = [];
    private DateTime _begin;

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

    /// <summary>Sides of the boxes, as they came to be for the first picture; empty without boxes.</summary>
    public IReadOnlyList<double> BoxSides { get; private set; } = [];

    /// <summary>Images that could not be measured, in the order of the source.</summary>
    public IReadOnlyCollection<ImageFailed> Failed => _failed.Values;

    /// <summary>Whether it came to its end with every image measured or failed for its own fault.</summary>
    public bool Succeeded => Finished?.State == BenchmarkState.Succeeded;

    public void Add(BenchmarkEvent happened)
    {
        Progress = happened.Progress ?? Progress;
        switch (happened.EventCase)
        {
            case BenchmarkEvent.EventOneofCase.Started:
                (Settings, _begin) = (happened.Started.Settings, happened.Time.ToDateTime());
                break;
            case BenchmarkEvent.EventOneofCase.ImageMeasured when BoxSides.Count == 0:
                BoxSides = happened.ImageMeasured.Results.SelectMany(result => result.Curves).FirstOrDefault(curve => curve.Name == "box")?.X ?? BoxSides;
                break;
            case BenchmarkEvent.EventOneofCase.ImageFailed:
                _failed[happened.ImageFailed.Position] = happened.ImageFailed;
                break;
            case BenchmarkEvent.EventOneofCase.Finished:
                (Finished, Duration) = (happened.Finished, happened.Time.ToDateTime() - _begin);
                break;
        }
    }
}
