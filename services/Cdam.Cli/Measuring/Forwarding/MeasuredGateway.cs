using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Cdam.Gateway;
using Process = System.Diagnostics.Process;

namespace Cdam.Cli.Measuring.Forwarding;

/// <summary>A gateway as a process of its own, which tells what its managed heap holds: nothing outside a process can collect its garbage.</summary>
internal sealed class MeasuredGateway : IAsyncDisposable
{
    private const string Name = "gateway-process";
    private readonly Process _process;
    private readonly ResidentMemory _resident;

    private MeasuredGateway(Process process, string address) => (_process, _resident, Address) = (process, new ResidentMemory(process.Id), address);

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    /// <summary>What that process runs.</summary>
    public static Command Create()
    {
        var settings = new Argument<string[]>("settings") { Description = "The gateway's, after --." };
        var command = new Command(Name, "The gateway that `measure gateway` starts.") { settings };
        command.Hidden = true;
        command.SetAction((parsed, cancellation) => Host(parsed.GetRequiredValue(settings), cancellation));
        return command;
    }

    /// <summary>Starts it before one explainer.</summary>
    /// <exception cref="IOException">It did not come up.</exception>
    public static async Task<MeasuredGateway> Start(string explainer, CancellationToken cancellation)
    {
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Cdam.Cli.dll"), "measure", Name, "--",
            "--Gateway:Listen=http://127.0.0.1:0", "--Gateway:ListenHttp=", $"--ReverseProxy:Clusters:explainers:Destinations:one:Address={explainer}",
            "--Logging:LogLevel:Default=None",
        ];
        var process = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,

            // As the gateway's own program has it; this one is no web program.
            Environment = { ["DOTNET_gcServer"] = "1" },
        })!;
        try
        {
            var address = await process.StandardOutput.ReadLineAsync(cancellation) ?? throw new IOException("the gateway ended before it listened");
            return new MeasuredGateway(process, address);
        }
        catch
        {
            await Stop(process);
            throw;
        }
    }

    /// <summary>Collects the garbage, then tells what is left.</summary>
    public async Task<HeldMemory> Memory(CancellationToken cancellation)
    {
        await _process.StandardInput.WriteLineAsync();
        var heap = await _process.StandardOutput.ReadLineAsync(cancellation) ?? throw new IOException("the gateway ended while it was measured");
        return new HeldMemory(long.Parse(heap, CultureInfo.InvariantCulture) / 1e6, _resident.Current / 1e6);
    }

    /// <summary>The most that was resident since the last call, 10⁶ bytes.</summary>
    public double TakePeak()
    {
        var peak = _resident.Peak / 1e6;
        _resident.ResetPeak();
        return peak;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Stop(_process);

    private static async Task Stop(Process process)
    {
        using (process)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>Prints the address, then the heap's bytes for each line that is read.</summary>
    private static async Task<int> Host(string[] settings, CancellationToken cancellation)
    {
        await using var gateway = GatewayHost.Build(settings);
        await gateway.StartAsync(cancellation);
        Console.WriteLine(gateway.Urls.First());
        while (await Console.In.ReadLineAsync(cancellation) is not null)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            Console.WriteLine(GC.GetTotalMemory(forceFullCollection: true));
        }

        return 0;
    }
}
