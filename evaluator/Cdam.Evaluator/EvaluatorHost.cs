using Cdam.Evaluator.Evaluation;
using Cdam.Evaluator.Hosting;
using Cdam.Evaluator.Reports;
using Cdam.Evaluator.Sessions;
using Cdam.Evaluator.Store;
using Cdam.Evaluator.Telemetry;
using Cdam.Evaluator.Tuning;
using Cdam.Scoring.Perturbations;
using Cdam.Telemetry;
using Cdam.Telemetry.Http;
using Cdam.V1;
using Grpc.AspNetCore.Server;
using Grpc.Core.Interceptors;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Cdam.Evaluator;

/// <summary>The evaluator's program.</summary>
public static class EvaluatorHost
{
    /// <summary>Composes the evaluator without starting it.</summary>
    /// <param name="args">Settings, for example <c>--Evaluator:ExplainerAddress=http://127.0.0.1:8000</c>.</param>
    /// <exception cref="OptionsValidationException">The settings are at fault; the message names them all.</exception>
    /// <exception cref="NativeLibraryMissingException">Pictures cannot be blurred on this machine.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        AddConfiguration(builder.Configuration, args);
        HostLogs.Add(builder.Logging);
        AddServices(builder.Services);
        AddTelemetry(builder.Services, builder.Configuration);
        builder.WebHost.ConfigureKestrel(KestrelSettings.Apply);

        var app = builder.Build();

        // Read here, so that faults of the settings are known before anything starts.
        var options = app.Services.GetRequiredService<IOptions<EvaluatorOptions>>().Value;

        // One pixel loads the native library: its absence is told now, not to the first client.
        GaussianBlur.Apply(new byte[3], 1, 1);
        MapEndpoints(app, options);
        return app;
    }

    /// <summary>The work of an evaluator that is a shard (<see cref="ShardOptions"/>).</summary>
    /// <param name="app">One that has started.</param>
    /// <returns>
    /// Completes once every image of its share is measured or failed, or the session has ended; fails where its explainers or its store
    /// were waited for long enough, or the session has another number of shards.
    /// </returns>
    public static Task ShareSettled(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Services.GetRequiredService<ShardRun>().Settled;
    }

    /// <summary>
    /// Runs the evaluator until SIGTERM or SIGINT. Prints <c>listening ADDRESS</c> to standard output once it is up, and nothing else.
    /// </summary>
    /// <returns>The process's exit code: 0, or 1 where the settings the store or the machine are at fault.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = Build(args);
            app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"listening {app.Urls.First()}"));
            await app.RunAsync();
            return 0;
        }
        catch (Exception fault) when (fault is OptionsValidationException or NativeLibraryMissingException or StoreException)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 1;
        }
    }

    internal static void AddConfiguration(ConfigurationManager configuration, string[] args)
    {
        var defaults = typeof(EvaluatorHost).Assembly.GetManifestResourceStream("appsettings.json")!;
        configuration.Sources.Clear();
        configuration.AddJsonStream(defaults).AddEnvironmentVariables().AddCommandLine(args);
    }

    private static void AddTelemetry(IServiceCollection services, ConfigurationManager configuration)
    {
        var http = configuration[$"{EvaluatorOptions.Section}:{nameof(EvaluatorOptions.ListenHttp)}"];
        HostTelemetry.Add(services, configuration, "Cdam.Evaluator", !string.IsNullOrEmpty(http), [EvaluatorService.Descriptor, Health.Descriptor]);
        services.AddSingleton<SessionTelemetry>().AddSingleton<ExplainerCalls>().AddHostedService<SessionCensus>();
    }

    private static void AddServices(IServiceCollection services)
    {
        services.AddOptions<EvaluatorOptions>().BindConfiguration(EvaluatorOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EvaluatorOptions>, EvaluatorOptionsCheck>();
        services.AddSingleton(TimeProvider.System);
        StoreServices.Add(services);
        SessionServices.Add(services);
        services.AddSingleton<ReportDesk>().AddSingleton<BenchmarkCalls>();
        services.AddSingleton<TuningStart>().AddSingleton<TuningRun>().AddSingleton<TuningCall>();
        services.AddSingleton<EvaluationSlots>();
        services.AddSingleton(provider => ExplainerChannel.Open(provider.GetRequiredService<IOptions<EvaluatorOptions>>().Value));
        services.AddSingleton(provider => new ExplainerService.ExplainerServiceClient(
            provider.GetRequiredService<GrpcChannel>().Intercept(provider.GetRequiredService<ExplainerCalls>())));

        services.AddGrpc();
        services.AddOptions<GrpcServiceOptions>().Configure<IOptions<EvaluatorOptions>>(
            (grpc, evaluator) => grpc.MaxReceiveMessageSize = evaluator.Value.MaxMessageBytes);
        services.AddGrpcReflection();
        services.AddGrpcHealthChecks(health => health.Services.Map(EvaluatorService.Descriptor.FullName, _ => true))
            .AddCheck("evaluator", () => HealthCheckResult.Healthy());
    }

    private static void MapEndpoints(WebApplication app, EvaluatorOptions options)
    {
        HostTelemetry.UseCalls(app);
        if (options.ListenHttp.Length > 0)
        {
            HttpPages.Map(app, IsHealthyAsync);
        }

        app.UseMiddleware<ErrorDetailsMiddleware>();
        app.MapGrpcService<EvaluationService>();
        app.MapGrpcHealthChecksService();
        app.MapGrpcReflectionService();
    }

    private static async Task<bool> IsHealthyAsync(HttpContext context)
    {
        var report = await context.RequestServices.GetRequiredService<HealthCheckService>().CheckHealthAsync(context.RequestAborted);
        return report.Status == HealthStatus.Healthy;
    }
}
