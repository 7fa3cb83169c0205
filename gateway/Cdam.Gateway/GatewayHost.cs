using Cdam.Gateway.Faults;
using Cdam.Gateway.Hosting;
using Cdam.Gateway.Routing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway;

/// <summary>The gateway's program: one port, behind which calls go to explainers and evaluators by their path.</summary>
public static class GatewayHost
{
    // Beside it, dead destinations would hold their calls until the activity timeout.
    private static readonly TimeSpan PingAfterSilence = TimeSpan.FromSeconds(20);

    // SocketsHttpHandler starts at 64 KiB and grows only with measured round trips.
    private const int WindowBytes = 8 * 1024 * 1024;

    /// <summary>Composes the gateway without starting it.</summary>
    /// <param name="args">Settings, for example <c>--Gateway:Listen=http://127.0.0.1:0</c>.</param>
    /// <exception cref="OptionsValidationException">The settings are at fault; the message names them all.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        AddConfiguration(builder, args);
        AddLogging(builder.Logging);
        AddServices(builder.Services, builder.Configuration);
        builder.WebHost.ConfigureKestrel(KestrelSettings.Apply);

        var app = builder.Build();
        app.Urls.Add(app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.Listen);
        MapEndpoints(app);
        return app;
    }

    /// <summary>
    /// Runs the gateway until SIGTERM or SIGINT. Prints <c>listening ADDRESS</c> to standard output once it is up, and nothing else.
    /// </summary>
    /// <returns>The process's exit code: 0, or 1 where the settings are at fault.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = Build(args);
            app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"listening {app.Urls.First()}"));
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
    /// <param name="gateway">What <see cref="Build"/> gave.</param>
    /// <param name="cluster"><c>explainers</c> or <c>evaluators</c>.</param>
    /// <param name="address">For example <c>http://127.0.0.1:40123</c>.</param>
    public static void Point(WebApplication gateway, string cluster, string address) =>
        gateway.Services.GetRequiredService<DestinationSource>().Point(cluster, address);

    private static void AddConfiguration(WebApplicationBuilder builder, string[] args)
    {
        var defaults = typeof(GatewayHost).Assembly.GetManifestResourceStream("appsettings.json")!;
        var destinations = new DestinationSource();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddJsonStream(defaults).AddEnvironmentVariables().AddCommandLine(args).Add(destinations);
        builder.Services.AddSingleton(destinations);
    }

    private static void AddLogging(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddJsonConsole();

        // Standard output carries the listening line alone.
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static void AddServices(IServiceCollection services, ConfigurationManager configuration)
    {
        services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsCheck>();
        services.AddReverseProxy().LoadFromConfig(configuration.GetSection("ReverseProxy")).ConfigureHttpClient((_, handler) =>
        {
            handler.InitialHttp2StreamWindowSize = WindowBytes;
            handler.KeepAlivePingDelay = PingAfterSilence;
            handler.KeepAlivePingTimeout = PingAfterSilence;
        });

        // YARP brings data protection for session affinity, which is not used here: keys in memory keep it from writing files.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();

        // Unknown services are answered by UnknownPath, with details.
        services.AddGrpc(grpc => grpc.IgnoreUnknownServices = true);
        ServiceHealth.Add(services);
        ReflectedServices.Add(services);
    }

    private static void MapEndpoints(WebApplication app)
    {
        app.MapReverseProxy(proxy =>
        {
            proxy.UseMiddleware<ForwarderFaultMiddleware>();
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        });
        app.MapGrpcHealthChecksService();
        app.MapGrpcReflectionService();
        app.MapFallback("{**path}", UnknownPath.Answer);
    }
}
