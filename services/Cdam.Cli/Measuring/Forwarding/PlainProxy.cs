using System.CommandLine;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Cdam.Cli.Measuring.Forwarding;

/// <summary>
/// YARP's forwarder between two sockets and nothing else: no routes, no checks, no limits, no measures. What it adds to a call is what any
/// proxy of this kind costs on a machine, and the gateway's own work is the rest.
/// </summary>
internal static class PlainProxy
{
    /// <summary>Of its process's command; its one argument is the address of the destination.</summary>
    public const string Name = "plain-proxy-process";

    public static Command Create() => MeasuredProcess.Create(Name, arguments => Build(arguments[0]));

    private static WebApplication Build(string destination)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHttpForwarder();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        var program = builder.Build();
        var forwarder = program.Services.GetRequiredService<IHttpForwarder>();
        var connections = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            EnableMultipleHttp2Connections = true,
            ActivityHeadersPropagator = null,
        });
        var request = new ForwarderRequestConfig { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        program.Run(async call => await forwarder.SendAsync(call, destination, connections, request, HttpTransformer.Default));
        return program;
    }
}
