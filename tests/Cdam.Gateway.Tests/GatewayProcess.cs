using System.Diagnostics;
using Grpc.Net.Client;

namespace Cdam.Gateway.Tests;

/// <summary>The gateway as a process of its own, for what concerns a whole process.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private const string Listening = "listening ";
    private readonly Process _process;

    private GatewayProcess(Process process, string address) => (_process, Channel) = (process, GrpcChannel.ForAddress(address));

    public GrpcChannel Channel { get; }

    /// <param name="heapBytes">What its managed heap may take; the runtime refuses more, and the process ends.</param>
    /// <param name="args">Settings.</param>
    public static async Task<GatewayProcess> StartAsync(int heapBytes, params string[] args)
    {
        string[] command = [Path.Combine(AppContext.BaseDirectory, "Cdam.Gateway.dll"), "--Gateway:Listen=http://127.0.0.1:0", "--Gateway:ListenHttp=", .. args];
        var process = Process.Start(new ProcessStartInfo("dotnet", command)
        {
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_GCHeapHardLimit"] = $"{heapBytes:X}" },
        })!;
        var line = await process.StandardOutput.ReadLineAsync(GatewayFixture.Patience);
        Assert.StartsWith(Listening, line, StringComparison.Ordinal);
        return new GatewayProcess(process, line![Listening.Length..]);
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
