using System.Diagnostics;
using Cdam.Explainer.Configuration;
using Cdam.Explainer.Devices;
using Cdam.Explainer.Hosting;

namespace Cdam.Explainer.Models;

/// <summary>
/// Loads the models before the server listens, so that a broken one is a failed start; warms them up while it listens already and
/// reports NOT_SERVING. On a stop it reports NOT_SERVING first and frees the models last.
/// </summary>
internal sealed partial class ModelLoading(
    ExplainerOptions options,
    DeviceThread device,
    ModelRegistry registry,
    HealthNames health,
    IHostApplicationLifetime lifetime,
    ILogger<ModelLoading> log) : IHostedLifecycleService
{
    private Task _warmUp = Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await device.StartAsync();
        registry.Fill(await device.InvokeAsync(() => ModelFolders.Load(options), cancellationToken));
        health.NotServing();
        lifetime.ApplicationStopping.Register(Drain);
    }

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _warmUp = WarmUpAsync();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _warmUp.WaitAsync(cancellationToken);
        await device.StopAsync(cancellationToken);

        // Only once the thread has ended: it must not find its tensors gone.
        foreach (var model in registry.All)
        {
            model.Engine.Dispose();
        }
    }

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Drain()
    {
        registry.Drain();
        health.Drain();
        LogDraining(device.Admitted);
    }

    private async Task WarmUpAsync()
    {
        try
        {
            foreach (var model in registry.All)
            {
                await WarmUpAsync(model);
            }

            health.Serving();
        }
        catch (OperationCanceledException)
        {
            // Stopped before it was ready.
        }
        catch (Exception exception)
        {
            LogFailed(exception);
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
    }

    private async Task WarmUpAsync(ServedModel model)
    {
        var started = Stopwatch.GetTimestamp();
        if (options.WarmUp)
        {
            await device.InvokeAsync(() => WarmUp(model), lifetime.ApplicationStopping);
        }

        model.IsReady = true;
        health.Serving(model.Name);
        LogReady(model.Name, model.Engine.Device, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    private static bool WarmUp(ServedModel model)
    {
        model.Engine.WarmUp();
        return true;
    }

    [LoggerMessage(EventId = 10, Level = LogLevel.Information, Message = "{Model} is ready on {Device}; warm-up took {Milliseconds:f0} ms")]
    private partial void LogReady(string model, string device, double milliseconds);

    [LoggerMessage(EventId = 11, Level = LogLevel.Information, Message = "draining; {Admitted} requests wait for the device")]
    private partial void LogDraining(int admitted);

    [LoggerMessage(EventId = 12, Level = LogLevel.Critical, Message = "a model cannot be warmed up; the server stops")]
    private partial void LogFailed(Exception exception);
}
