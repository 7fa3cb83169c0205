using System.Globalization;

namespace Cdam.Cli.Measuring;

/// <summary>This process's resident memory, as Linux counts it; 0 elsewhere.</summary>
internal static class ResidentMemory
{
    /// <summary>Bytes resident now.</summary>
    public static long Current => Read("VmRSS:");

    /// <summary>The most bytes resident since the start or the last <see cref="ResetPeak"/>.</summary>
    public static long Peak => Read("VmHWM:");

    /// <summary>Lets the peak begin anew.</summary>
    public static void ResetPeak()
    {
        if (OperatingSystem.IsLinux())
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
    }

    private static long Read(string key)
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        var line = File.ReadLines("/proc/self/status").First(candidate => candidate.StartsWith(key, StringComparison.Ordinal));
        return long.Parse(line[key.Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture) * 1024;
    }
}
