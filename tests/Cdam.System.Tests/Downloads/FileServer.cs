using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cdam.System.Tests.Downloads;

/// <summary>Kestrel with a folder of files, ranges and ETags included, as a mirror would have it.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly WebApplication _host;
    private int _requests;

    private FileServer(WebApplication host) => _host = host;

    /// <summary>The folder's address.</summary>
    public Uri Address => new(_host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");

    /// <summary>How often a file was asked for.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Serves a folder.</summary>
    public static async Task<FileServer> Start(string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var host = builder.Build();
        var server = new FileServer(host);
        host.MapGet("/{name}", (string name) =>
        {
            Interlocked.Increment(ref server._requests);
            var path = Path.Combine(folder, name);
            return File.Exists(path) ? Results.File(path, lastModified: File.GetLastWriteTimeUtc(path), enableRangeProcessing: true) : Results.NotFound();
        });
        await host.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();
}
