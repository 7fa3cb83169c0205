using System.Diagnostics;

namespace Cdam.Cli.Measuring;

/// <summary>Times pieces of work in turn, round after round, so that the machine's moods touch all of them alike.</summary>
internal sealed class Rounds
{
    /// <summary>Threads of the work before may still be busy: those of OpenMP spin for a while, the garbage collector's clean up.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<string, List<double>> _times;

    private Rounds(IEnumerable<string> names) => _times = names.Distinct().ToDictionary(name => name, _ => new List<double>());

    /// <summary>Runs the work.</summary>
    /// <param name="work">What to time, in this order; work that stands here several times is run as often in a round.</param>
    /// <param name="rounds">Counted rounds, at least 1; one more, uncounted, comes before.</param>
    /// <param name="progress">Told after each run.</param>
    public static Rounds Run(IReadOnlyList<(string Name, Action Run)> work, int rounds, Action progress)
    {
        var result = new Rounds(work.Select(entry => entry.Name));
        for (var round = -1; round < rounds; round++)
        {
            foreach (var (name, run) in work)
            {
                Thread.Sleep(Rest);
                var start = Stopwatch.GetTimestamp();
                run();
                if (round >= 0)
                {
                    result._times[name].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }

                progress();
            }
        }

        return result;
    }

    /// <summary>Median time of some work, milliseconds.</summary>
    public double Milliseconds(string name) => Median(_times[name]);

    /// <summary>
    /// Median over the runs of a work's time divided by that of the other's run next to it; where they ran unequally often, the ratio
    /// of the medians.
    /// </summary>
    public double Ratio(string name, string other) => _times[name].Count == _times[other].Count
        ? RatioOfRuns(name, other).Median
        : Milliseconds(name) / Milliseconds(other);

    /// <summary>The same with its interval, of work that ran as often as the other.</summary>
    public EstimatedMedian RatioOfRuns(string name, string other) =>
        EstimatedMedian.Of(_times[name].Zip(_times[other], (time, otherTime) => time / otherTime));

    private static double Median(IEnumerable<double> values) => EstimatedMedian.Of(values).Median;
}
