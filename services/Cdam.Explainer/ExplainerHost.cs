using Cdam.Attribution.Models;
using Cdam.Explainer.Concepts;
using Cdam.Explainer.Configuration;
using Cdam.Explainer.Devices;
using Cdam.Explainer.Explaining;
using Cdam.Explainer.Hosting;
using Cdam.Explainer.Inference;
using Cdam.Explainer.Models;
using Cdam.Explainer.Services;
using Cdam.Explainer.Streams;
using Cdam.Explainer.Telemetry;
using Cdam.Explainer.Wire;
using Cdam.Telemetry;
using Cdam.Telemetry.Http;
using Cdam.V1.Limits;
using Cdam.V1;
using Grpc.Health.V1;
using Inference;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Cdam.Explainer;

/// <summary>The explainer as a host of its own, or as a part of the all-in-one.</summary>
public static class ExplainerHost
{
    /// <summary>Builds the host; models are loaded when it starts.</summary>
    /// <param name="args">For example <c>--Explainer:ModelsDirectory=models</c>; also read from the environment and appsettings.json.</param>
    /// <exception cref="OptionsValidationException">Options break rules; all are named.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        var options = ExplainerOptionsReader.Read(builder.Configuration);
        HostLogs.Add(builder.Logging);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        AddServices(builder.Services, options);
        AddTelemetry(builder, options);
        builder.WebHost.ConfigureKestrel(kestrel => ConfigureKestrel(kestrel, options));

        var app = builder.Build();
        app.Services.GetRequiredService<ExplainerGauges>();
        HostTelemetry.UseCalls(app);
        if (options.ListenHttp.Length > 0)
        {
            HttpPages.Map(app, context => Task.FromResult(context.RequestServices.GetRequiredService<ModelRegistry>().IsServing));
        }

        app.Use(MissingDetails.InvokeAsync);
        app.MapGrpcService<ExplainerGrpcService>();
        app.MapGrpcService<InferenceGrpcService>();
        app.MapGrpcHealthChecksService();
        app.MapGrpcReflectionService();
        return app;
    }

    /// <summary>
    /// Runs the explainer until SIGTERM or SIGINT. Prints <c>listening ADDRESS</c> to standard output once it is up, and nothing else.
    /// </summary>
    /// <returns>The process's exit code: 0, or 1 where the options or a model are at fault.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = Build(args);
            app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"listening {app.Urls.First()}"));
            await app.RunAsync();

            // A model that cannot be warmed up stops the host from within.
            return Environment.ExitCode;
        }
        catch (Exception fault) when (fault is OptionsValidationException or ModelException or PlatformNotSupportedException)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 1;
        }
    }

    private static void AddTelemetry(WebApplicationBuilder builder, ExplainerOptions options)
    {
        builder.Services.AddSingleton<ExplainerMeter>().AddSingleton<ExplainerGauges>().AddSingleton<DeviceSpans>();
        HostTelemetry.Add(builder.Services, builder.Configuration, "Cdam.Explainer", options.ListenHttp.Length > 0,
            [ExplainerService.Descriptor, GRPCInferenceService.Descriptor, Health.Descriptor]);
    }

    private static void AddServices(IServiceCollection services, ExplainerOptions options)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);
        services.AddSingleton(options).AddSingleton(TimeProvider.System);
        services.AddSingleton<Throughput>().AddSingleton<BatchRunner>().AddSingleton<DeviceThread>();
        services.AddSingleton<ModelRegistry>().AddSingleton<HealthNames>().AddHostedService<ModelLoading>();
        services.AddSingleton<ImageReader>().AddSingleton<ExplainPlanReader>().AddSingleton<ImageExplainer>();
        services.AddSingleton<ConceptCache>().AddSingleton<KeptConcepts>().AddSingleton<ConceptFinder>().AddSingleton<TargetReader>();
        services.AddSingleton<DuplexCallFactory>().AddSingleton<FaultReporter>();
        services.AddSingleton<InferencePlanReader>().AddSingleton<InferenceRunner>();
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = options.MaxMessageBytes;
            grpc.MaxSendMessageSize = options.MaxMessageBytes;
        }).AddServiceOptions<ExplainerGrpcService>(service => service.Interceptors.Add<FaultInterceptor>())
            .AddServiceOptions<InferenceGrpcService>(service => service.Interceptors.Add<FaultInterceptor>());
        services.AddGrpcReflection();
        services.AddGrpcHealthChecks(health =>
        {
            // HealthNames sets the statuses: nothing is mapped to checks, and calls are answered from what was set.
            health.Services.Clear();
            health.UseHealthChecksCache = true;
        });
    }

    private static void ConfigureKestrel(KestrelServerOptions kestrel, ExplainerOptions options)
    {
        HttpAddress.Open(kestrel, options.Listen, options.ListenHttp);
        var limits = kestrel.Limits;

        // gRPC has limits of its own, and a stream may be silent for as long as its client likes.
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;

        limits.Http2.InitialStreamWindowSize = WireLimits.InnerStreamWindow;
        limits.Http2.InitialConnectionWindowSize = WireLimits.InnerConnectionWindow;

        limits.Http2.MaxStreamsPerConnection = WireLimits.StreamsPerConnection;

        // Finds clients that vanished without a word.
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
    }
}
