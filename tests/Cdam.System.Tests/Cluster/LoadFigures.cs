using System.Diagnostics;
using System.Globalization;

namespace Cdam.System.Tests.Cluster;

/// <summary>What clients saw, by the part of the day in which it was.</summary>
internal sealed class LoadFigures
{
    private readonly Lock _lock = new();
    private readonly List<Row> _rows = [];

    /// <summary>Unary calls that ended with an error, as text with their part of the day.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>Answers to streaming clients in the present part of the day.</summary>
    public int Streamed
    {
        get
        {
            lock (_lock)
            {
                return _rows[^1].Streamed;
            }
        }
    }

    /// <summary>Another part of the day begins.</summary>
    public void Begin(string part)
    {
        lock (_lock)
        {
            _rows.Add(new Row(part, Stopwatch.GetTimestamp()));
        }
    }

    public void Answered(TimeSpan time) => Update(row => row with { Unary = row.Unary + 1, Slowest = time > row.Slowest ? time : row.Slowest });

    public void Failed(string fault) => Update(row =>
    {
        Failures.Add($"{row.Part}: {fault}");
        return row with { Failed = row.Failed + 1 };
    });

    public void AnsweredInStream() => Update(row => row with { Streamed = row.Streamed + 1 });

    /// <summary>A stream was lost with its destination; its client opened another, and asked again for what it had no answer to.</summary>
    public void Reopened() => Update(row => row with { Reopened = row.Reopened + 1 });

    /// <summary>A session's events, all of them.</summary>
    public void Session(int images, int handovers) => Update(row => row with { Images = images, Handovers = handovers, End = Stopwatch.GetTimestamp() });

    /// <summary>A table, a line for each part of the day.</summary>
    public override string ToString()
    {
        lock (_lock)
        {
            return string.Join('\n', ["| part of the day | s | unary calls | failed | slowest, ms | in streams | streams reopened | images of the session | handovers |", "|---|---:|---:|---:|---:|---:|---:|---:|---:|", .. _rows]);
        }
    }

    private void Update(Func<Row, Row> change)
    {
        lock (_lock)
        {
            _rows[^1] = change(_rows[^1]);
        }
    }

    private sealed record Row(string Part, long Start)
    {
        public int Unary { get; init; }

        public int Failed { get; init; }

        public TimeSpan Slowest { get; init; }

        public int Streamed { get; init; }

        public int Reopened { get; init; }

        public int Images { get; init; }

        public int Handovers { get; init; }

        public long End { get; init; }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"| {Part} | {Stopwatch.GetElapsedTime(Start, End).TotalSeconds:0} | {Unary} | {Failed} | {Slowest.TotalMilliseconds:0} | {Streamed} | {Reopened} | {Images} | {Handovers} |");
    }
}
