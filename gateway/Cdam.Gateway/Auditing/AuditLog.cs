using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Auditing;

/// <summary>Writes entries in the order in which calls end. A disk that is slow slows calls down; none is left out for it.</summary>
internal sealed partial class AuditLog(IOptions<AuditOptions> options, ILogger<AuditLog> logger) : IHostedService
{
    private const int Waiting = 10_000;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly Channel<AuditEntry> _entries = Channel.CreateBounded<AuditEntry>(new BoundedChannelOptions(Waiting) { SingleReader = true });
    private Task _writing = Task.CompletedTask;

    internal bool IsOn => options.Value.File is not null;

    /// <summary>Returns once the entry is in line. After the gateway's stop entries are dropped.</summary>
    internal async ValueTask WriteAsync(AuditEntry entry)
    {
        while (await _entries.Writer.WaitToWriteAsync())
        {
            if (_entries.Writer.TryWrite(entry))
            {
                return;
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.File is { } path)
        {
            _writing = WriteAllAsync(path == AuditOptions.StandardError
                ? new LineFile(Console.OpenStandardError())
                : LineFile.Open(path, options.Value.MaxBytes, options.Value.Keep));
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _entries.Writer.TryComplete();
        await _writing;
    }

    private async Task WriteAllAsync(LineFile file)
    {
        await using (file)
        {
            while (await _entries.Reader.WaitToReadAsync())
            {
                try
                {
                    while (_entries.Reader.TryRead(out var entry))
                    {
                        await file.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(entry, Json));
                    }

                    await file.FlushAsync();
                }
                catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
                {
                    LogFault(fault.Message);
                }
            }
        }
    }

    [LoggerMessage(LogLevel.Critical, "the audit log cannot be written, and a line is lost: {Fault}")]
    private partial void LogFault(string fault);
}
