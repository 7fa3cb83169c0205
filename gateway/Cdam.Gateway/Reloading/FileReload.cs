using System.Collections.Concurrent;
using Cdam.Gateway.Hosting;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Reloading;

/// <summary>Looks at intervals whether files that the gateway works with have changed.</summary>
internal sealed partial class FileReload(IOptions<GatewayOptions> options, ILogger<FileReload> logger) : BackgroundService
{
    private readonly ConcurrentBag<FileBacked> _values = [];

    /// <summary>Reads files now, and again whenever they change.</summary>
    /// <inheritdoc cref="FileBacked{T}(IReadOnlyList{SettingFile}, Func{IReadOnlyList{byte[]}, T})"/>
    internal FileBacked<T> Watch<T>(IReadOnlyList<SettingFile> files, Func<IReadOnlyList<byte[]>, T> parse)
        where T : class
    {
        var value = new FileBacked<T>(files, parse);
        _values.Add(value);
        return value;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.FileRefresh);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var outcome in _values.Select(value => value.Refresh()).OfType<ReloadOutcome>())
            {
                Log(outcome);
            }
        }
    }

    private void Log(ReloadOutcome outcome)
    {
        if (outcome.Fault is { } fault)
        {
            LogFault(outcome.Files, fault);
        }
        else
        {
            LogReloaded(outcome.Files);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Files}: changed and read anew")]
    private partial void LogReloaded(string files);

    [LoggerMessage(LogLevel.Error, "{Files}: changed, but what was read before stays in use: {Fault}")]
    private partial void LogFault(string files, string fault);
}
