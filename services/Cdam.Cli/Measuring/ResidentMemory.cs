using System.Globalization;

namespace Cdam.Cli.Measuring;

/// <summary>A process's resident memory, as Linux counts it; 0 elsewhere.</summary>
/// <param name="processId">The process's number.</param>
internal sealed class ResidentMemory(int processId)
{
    /// <summary>Bytes resident now.</summary>
    public long Current => Read("VmRSS:");

    /// <summary>The most bytes resident since the start or the last <see cref="ResetPeak"/>.</summary>
    public long Peak => Read("VmHWM:");

    /// <summary>Lets the peak begin anew.</summary>
    public void ResetPeak()
    {
        if (OperatingSystem.IsLinux())
        {
            File.WriteAllText($"/proc/{processId}/clear_refs", "5");
        }
    }

    private long Read(string key)
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        var line = File.ReadLines($"/proc/{processId}/status").First(candidate => candidate.StartsWith(key, StringComparison.Ordinal));
        return long.Parse(line[key.Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture) * 1024;
    }
}
