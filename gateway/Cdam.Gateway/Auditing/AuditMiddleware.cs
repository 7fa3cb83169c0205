using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Cdam.Gateway.Access;
using Cdam.Gateway.Faults;
using Cdam.Gateway.Routing;
using Google.Rpc;

namespace Cdam.Gateway.Auditing;

/// <summary>Writes a line of the audit log for every call when it has ended, however it ends.</summary>
internal sealed class AuditMiddleware(RequestDelegate next, AuditLog log, TimeProvider clock)
{
    // What a stranger chooses must not fill the log.
    private const int LongestName = 256;

    public async Task InvokeAsync(HttpContext context)
    {
        var (time, start) = (clock.GetUtcNow(), clock.GetTimestamp());
        var record = new CallRecord();
        context.Features.Set(record);

        // Read now, since the reset of a connection clears it.
        var address = CallerIdentification.NameOf(context);
        var body = context.Response.Body;
        var answer = new CountedAnswer(body);
        context.Response.Body = answer;
        try
        {
            await next(context);
            await FlushAsync(context);
        }
        finally
        {
            context.Response.Body = body;
            await log.WriteAsync(new AuditEntry
            {
                Time = time,
                Client = context.Features.Get<Identification>()?.Caller?.Id ?? address,
                Scope = (record.Rule ?? CallRules.Of(context.Request.Path)).ToString(),
                Rpc = Cut(record.Method ?? CallRules.MethodOf(context.Request.Path) ?? $"{context.Request.Method} {context.Request.Path}"),
                Model = Cut(context.Features.Get<RoutedModel>()?.Name ?? record.Model),
                Status = StatusOf(context),
                RequestBytes = record.RequestBytes > 0 ? record.RequestBytes : context.Request.ContentLength,
                ResponseBytes = answer.Count,
                DurationMs = Math.Round(clock.GetElapsedTime(start).TotalMilliseconds, 3),
                TraceId = TraceOf(context),
            });
        }
    }

    /// <summary>What a service of the gateway's own wrote and left to the server to send lies in this stream's buffer, and would go with it.</summary>
    private static async Task FlushAsync(HttpContext context)
    {
        if (context.Response.BodyWriter is { CanGetUnflushedBytes: true, UnflushedBytes: > 0 } writer)
        {
            await writer.FlushAsync(context.RequestAborted);
        }
    }

    private static string StatusOf(HttpContext context)
    {
        if (!GrpcCall.Is(context))
        {
            return $"{context.Response.StatusCode}";
        }

        var code = GrpcCall.StatusOf(context) ?? (context.RequestAborted.IsCancellationRequested ? Code.Cancelled : Code.Unknown);
        return JsonNamingPolicy.SnakeCaseUpper.ConvertName(code.ToString());
    }

    private static string? TraceOf(HttpContext context) =>
        Activity.Current?.TraceId.ToHexString()
        ?? (ActivityContext.TryParse(context.Request.Headers.TraceParent, null, out var trace) ? trace.TraceId.ToHexString() : null);

    [return: NotNullIfNotNull(nameof(text))]
    private static string? Cut(string? text) => text?[..Math.Min(text.Length, LongestName)];
}
