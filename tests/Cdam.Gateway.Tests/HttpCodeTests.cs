using Cdam.V1;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using static Cdam.Gateway.Tests.GatewayFixture;

namespace Cdam.Gateway.Tests;

/// <summary>Something before the destination, such as an ingress, answers in plain HTTP.</summary>
public sealed class HttpCodeTests
{
    [Theory]
    [InlineData(429, StatusCode.ResourceExhausted, 7)]
    [InlineData(413, StatusCode.ResourceExhausted, null)]
    [InlineData(503, StatusCode.Unavailable, 7)]
    [InlineData(502, StatusCode.Unavailable, 7)]
    [InlineData(504, StatusCode.DeadlineExceeded, null)]
    [InlineData(408, StatusCode.DeadlineExceeded, null)]
    [InlineData(401, StatusCode.Unauthenticated, null)]
    [InlineData(403, StatusCode.PermissionDenied, null)]
    [InlineData(404, StatusCode.Unimplemented, null)]
    [InlineData(400, StatusCode.Internal, null)]
    [InlineData(200, StatusCode.Unknown, null)]
    [InlineData(418, StatusCode.Unknown, null)]
    public async Task Answer_ThatIsNoGrpc_IsAStatusWithDetails(int code, StatusCode expected, int? retrySeconds)
    {
        await using var ingress = await StartIngressAsync(code);
        await using var gateway = await StartAsync(null, [
            $"--ReverseProxy:Clusters:explainers:Destinations:one:Address={ingress.Urls.First()}",
        ]);

        var fault = await Assert.ThrowsAsync<RpcException>(async () =>
            await gateway.Client.ExplainAsync(new ExplainRequest(), cancellationToken: Patience));

        Assert.True(expected == fault.StatusCode, fault.ToString());
        Assert.NotNull(fault.GetRpcStatus()?.GetDetail<ErrorInfo>());
        Assert.Equal(retrySeconds, (int?)fault.GetRpcStatus()?.GetDetail<RetryInfo>()?.RetryDelay.Seconds);
        Assert.Contains($"HTTP {code}", fault.Status.Detail, StringComparison.Ordinal);
    }

    private static async Task<WebApplication> StartIngressAsync(int code)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(async context =>
        {
            context.Response.StatusCode = code;
            context.Response.Headers.RetryAfter = "7";
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("<h1>No.</h1>");
        });
        await app.StartAsync();
        return app;
    }
}
