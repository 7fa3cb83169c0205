using System.Globalization;

namespace Cdam.Evaluator.Sessions;

/// <summary>
/// Tells how much processor time this process has taken since it was last asked. An explainer in the same process computes on a thread of
/// the name <see cref="DeviceThread"/> and on the helpers that torch starts from it, which Linux lets inherit the name.
/// </summary>
internal sealed class ProcessorClock
{
    private const string DeviceThread = "device";
    private const string Threads = "/proc/self/task";

    // utime and stime of proc(5), counted from behind the name, in hundredths of a second on every Linux.
    private const int UserField = 11;
    private const double TicksPerSecond = 100;

    private readonly Lock _reading = new();
    private TimeSpan _process = Environment.CpuUsage.TotalTime;
    private TimeSpan _passes = Passes() ?? TimeSpan.Zero;

    internal ProcessorTime Take()
    {
        lock (_reading)
        {
            var (process, passes) = (Environment.CpuUsage.TotalTime, Passes());
            var (all, computing) = (process - _process, (passes ?? _passes) - _passes);
            (_process, _passes) = (process, passes ?? _passes);

            // The two are read one after the other, and threads count in coarser steps.
            return new ProcessorTime(all > computing ? all - computing : TimeSpan.Zero, passes is null ? null : computing);
        }
    }

    /// <summary>Null where there is no such thread.</summary>
    private static TimeSpan? Passes()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var times = Directory.EnumerateDirectories(Threads).Select(Time).OfType<TimeSpan>().ToList();
        return times.Count > 0 ? times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time) : null;
    }

    private static TimeSpan? Time(string thread)
    {
        try
        {
            var line = File.ReadAllText($"{thread}/stat");
            var (open, close) = (line.IndexOf('('), line.LastIndexOf(')'));
            if (line[(open + 1)..close] != DeviceThread)
            {
                return null;
            }

            var fields = line[(close + 2)..].Split(' ');
            return TimeSpan.FromSeconds((Ticks(fields[UserField]) + Ticks(fields[UserField + 1])) / TicksPerSecond);
        }
        catch (IOException)
        {
            return null; // it has just ended
        }
    }

    private static long Ticks(string field) => long.Parse(field, CultureInfo.InvariantCulture);
}
