using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Cdam.Telemetry;

/// <summary>How hosts log.</summary>
public static class HostLogs
{
    /// <summary>
    /// One JSON object a line to standard error, with the time in UTC and, of what is logged in a call, the trace's and the span's id.
    /// Standard output carries the listening line alone.
    /// </summary>
    public static void Add(ILoggingBuilder logging)
    {
        logging.ClearProviders().AddJsonConsole(json => (json.TimestampFormat, json.UseUtcTimestamp, json.IncludeScopes) = ("O", true, true));
        logging.Configure(options => options.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
