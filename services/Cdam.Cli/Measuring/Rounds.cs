using System.Diagnostics;

namespace Cdam.Cli.Measuring;

/// <summary>Times pieces of work in turn, round after round, so that the machine's moods touch all of them alike.</summary>
internal static class Rounds
{
    /// <summary>Medians, in milliseconds, by name.</summary>
    /// <param name="work">What to time, in this order; work that stands here several times is run as often in a round. The first round does not count.</param>
    /// <param name="rounds">At least 1.</param>
    /// <param name="progress">Told after each run.</param>
    public static Dictionary<string, double> Medians(IReadOnlyList<(string Name, Action Run)> work, int rounds, Action progress)
    {
        var times = work.Select(entry => entry.Name).Distinct().ToDictionary(name => name, _ => new List<double>());
        for (var round = -1; round < rounds; round++)
        {
            foreach (var (name, run) in work)
            {
                var start = Stopwatch.GetTimestamp();
                run();
                if (round >= 0)
                {
                    times[name].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }

                progress();
            }
        }

        return times.ToDictionary(entry => entry.Key, entry => Median(entry.Value));
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        var middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
