using System.Diagnostics;

namespace Cdam.Cli.Measuring;

/// <summary>Times pieces of work in turn, round after round, so that the machine's moods touch all of them alike.</summary>
internal sealed class Rounds
{
    /// <summary>OpenMP's threads spin for some milliseconds after their work, on the cores that the next work needs.</summary>
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
        ? Median(_times[name].Zip(_times[other], (time, otherTime) => time / otherTime))
        : Milliseconds(name) / Milliseconds(other);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
