using Cdam.Gateway.Access;
using Cdam.Gateway.Browsers;
using Cdam.Gateway.Catalogue;
using Cdam.Gateway.Concepts;
using Cdam.Gateway.Deadlines;
using Cdam.Gateway.Faults;
using Cdam.Gateway.Hosting;
using Cdam.Gateway.Json;
using Cdam.Gateway.Merging;
using Cdam.Gateway.Messages;
using Cdam.Gateway.OpenApi;
using Cdam.Gateway.Page;
using Cdam.Gateway.Pools;
using Cdam.Gateway.Readiness;
using Cdam.Gateway.Retrying;
using Cdam.Gateway.Routing;
using Cdam.Gateway.Telemetry;
using Cdam.Telemetry;
using Cdam.Telemetry.Calls;
using Cdam.Telemetry.Http;
using Grpc.AspNetCore.Server.Model;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;
using Yarp.ReverseProxy.ServiceDiscovery;
using Yarp.ReverseProxy.Transforms;

namespace Cdam.Gateway;

/// <summary>The gateway's program: one port, behind which calls go to explainers and evaluators by their path.</summary>
public static class GatewayHost
{
    /// <summary>Composes the gateway without starting it.</summary>
    /// <param name="args">Settings, for example <c>--Gateway:Listen=http://127.0.0.1:0</c>.</param>
    /// <exception cref="OptionsValidationException">The settings are at fault; the message names them all.</exception>
    public static WebApplication Build(string[] args) => Build(args, _ => { });

    /// <param name="replace">Services to put in the place of the gateway's own, such as another resolver of host names.</param>
    internal static WebApplication Build(string[] args, Action<IServiceCollection> replace)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        AddConfiguration(builder, args);
        HostLogs.Add(builder.Logging);
        AddServices(builder.Services, builder.Configuration);
        AddTelemetry(builder.Services, builder.Configuration);
        replace(builder.Services);
        builder.WebHost.ConfigureKestrel(KestrelSettings.Apply);

        var app = builder.Build();

        // Read here, so that faults of the settings are known before anything starts.
        var options = app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value;
        Safeguards.Check(app.Services);
        CrossOrigin.Use(app);
        Safeguards.Begin(app);
        HttpFront.Use(app);
        HostTelemetry.UseCalls(app);
        Safeguards.Use(app);
        if (options.ListenHttp.Length > 0)
        {
            HttpPages.MapMetrics(app);
        }

        MapEndpoints(app);
        return app;
    }

    /// <summary>
    /// Runs the gateway until SIGTERM or SIGINT. Prints <c>listening ADDRESS</c> to standard output once it is up, and in a second line
    /// <c>http ADDRESS</c> if it listens for what is not gRPC; nothing else.
    /// </summary>
    /// <returns>The process's exit code: 0, or 1 where the settings are at fault.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = Build(args);
            app.Lifetime.ApplicationStarted.Register(() => Print(app));
            await app.RunAsync();
            return 0;
        }
        catch (OptionsValidationException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 1;
        }
    }

    /// <summary>
    /// Gives a running gateway the destination <c>one</c> of a cluster: for hosts that listen on a port which the system chose. The
    /// health name of the cluster's service turns SERVING when calls go there.
    /// </summary>
    /// <param name="gateway">What <see cref="Build(string[])"/> gave.</param>
    /// <param name="cluster"><c>explainers</c> or <c>evaluators</c>.</param>
    /// <param name="address">For example <c>http://127.0.0.1:40123</c>.</param>
    public static void Point(WebApplication gateway, string cluster, string address) =>
        gateway.Services.GetRequiredService<DestinationSource>().Point(cluster, address);

    private static void Print(WebApplication app)
    {
        foreach (var (name, address) in ((string[])["listening", "http"]).Zip(app.Urls))
        {
            Console.WriteLine($"{name} {address}");
        }
    }

    internal static void AddConfiguration(WebApplicationBuilder builder, string[] args)
    {
        var defaults = typeof(GatewayHost).Assembly.GetManifestResourceStream("appsettings.json")!;
        var destinations = new DestinationSource();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddJsonStream(defaults).AddEnvironmentVariables().AddCommandLine(args).Add(destinations);
        builder.Services.AddSingleton(destinations);
    }

    private static void AddTelemetry(IServiceCollection services, ConfigurationManager configuration)
    {
        var http = configuration[$"{GatewayOptions.Section}:{nameof(GatewayOptions.ListenHttp)}"];
        HostTelemetry.Add(services, configuration, "Cdam.Gateway", !string.IsNullOrEmpty(http), ReflectedServices.Descriptors);
        services.AddSingleton<GatewayMeter>();
    }

    private static void AddServices(IServiceCollection services, ConfigurationManager configuration)
    {
        services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsCheck>();
        Safeguards.Add(services, configuration);
        AddProxy(services, configuration);

        // YARP brings data protection for session affinity, which is not used here: keys in memory keep it from writing files.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();

        // Unknown services are answered by UnknownPath, with details.
        services.AddGrpc(grpc => grpc.IgnoreUnknownServices = true);
        services.AddSingleton<MergedCatalogue>().AddSingleton<IServiceMethodProvider<MergedCatalogue>, MergedMethods>();
        ConceptServices.Add(services);
        services.AddSingleton<MergedInference>().AddSingleton<IServiceMethodProvider<MergedInference>, MergedInferenceMethods>();
        CrossOrigin.Add(services);
        JsonCompression.Add(services);
        ServiceHealth.Add(services);
        ReflectedServices.Add(services);
        services.AddHostedService<StartReport>();
    }

    private static void AddProxy(IServiceCollection services, ConfigurationManager configuration)
    {
        services.AddReverseProxy().LoadFromConfig(configuration.GetSection("ReverseProxy"))
            .AddConfigFilter<ClusterDefaults>()
            .AddTransforms(transforms => transforms.AddResponseTransform(DestinationAnswer.InspectAsync).AddRequestTransform(PassTraceOn))
            .AddTransforms(CredentialRemoval.Add);
        services.Replace(ServiceDescriptor.Singleton<IForwarderHttpClientFactory, DestinationConnections>());
        services.Replace(ServiceDescriptor.Singleton<IDestinationResolver, HostResolver>());
        services.AddSingleton<IAvailableDestinationsPolicy, ServingDestinations>().AddSingleton<IPassiveHealthCheckPolicy, GrpcFailures>();
        services.AddSingleton<PoolSet>().AddSingleton<PoolChoice>().AddSingleton<ModelDirectory>().AddSingleton<DestinationInquiry>();
        services.AddSingleton<RefreshSignal>().AddSingleton<IClusterChangeListener>(provider => provider.GetRequiredService<RefreshSignal>());
        services.AddHostedService<DirectoryRefresh>();
    }

    private static ValueTask PassTraceOn(RequestTransformContext transform)
    {
        TraceHeaders.Set(transform.ProxyRequest);
        return ValueTask.CompletedTask;
    }

    private static void MapEndpoints(WebApplication app)
    {
        try
        {
            MapProxy(app);
        }
        catch (InvalidOperationException fault) when (fault.InnerException is AggregateException faults)
        {
            throw new OptionsValidationException(
                "ReverseProxy", typeof(GatewayOptions), faults.Flatten().InnerExceptions.Select(inner => inner.Message));
        }

        app.MapGrpcService<MergedCatalogue>();
        ConceptServices.Map(app);
        app.MapGrpcService<MergedInference>();
        app.MapGrpcHealthChecksService();
        HealthPages.Map(app);
        OpenApiPage.Map(app);
        PageFiles.Map(app);
        app.MapGrpcReflectionService();
        app.MapFallback("{**path}", UnknownPath.Answer);
    }

    private static void MapProxy(WebApplication app) =>
        app.MapReverseProxy(proxy =>
        {
            proxy.UseMiddleware<ForwardedCallMiddleware>();
            proxy.UseMiddleware<ForwarderFaultMiddleware>();
            proxy.UseMiddleware<CallDeadlineMiddleware>();
            proxy.UseMiddleware<ModelRoutingMiddleware>();
            proxy.UseMiddleware<AwaitDestinationMiddleware>();
            proxy.UseMiddleware<MessageCheckMiddleware>();
            proxy.UseMiddleware<RetryMiddleware>();
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
            proxy.UseMiddleware<AttemptSpanMiddleware>();
        });
}
