using System.Globalization;

namespace Cdam.Gateway.Deadlines;

/// <summary>The header <c>grpc-timeout</c>: up to eight digits and a unit.</summary>
internal static class CallTimeout
{
    internal const string Header = "grpc-timeout";

    // The longest that a timer takes is 49 days; who waits for more waits for ever.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    /// <returns>Null where there is none, none that can be read, or one of more than forty days.</returns>
    internal static TimeSpan? Read(string? header)
    {
        if (header is not { Length: >= 2 and <= 9 }
            || !long.TryParse(header.AsSpan(0, header.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return null;
        }

        TimeSpan? timeout = header[^1] switch
        {
            'H' => TimeSpan.FromHours(count),
            'M' => TimeSpan.FromMinutes(count),
            'S' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMilliseconds(count),
            'u' => TimeSpan.FromMicroseconds(count),
            'n' => TimeSpan.FromTicks(count / TimeSpan.NanosecondsPerTick),
            _ => null,
        };
        return timeout <= Longest ? timeout : null;
    }
}
