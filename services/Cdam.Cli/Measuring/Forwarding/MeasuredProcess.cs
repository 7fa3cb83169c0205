using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Process = System.Diagnostics.Process;

namespace Cdam.Cli.Measuring.Forwarding;

/// <summary>A web program as a process of its own, which tells what its managed heap holds: nothing outside a process can collect its garbage.</summary>
internal sealed class MeasuredProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ResidentMemory _resident;

    private MeasuredProcess(Process process, string address) => (_process, _resident, Address) = (process, new ResidentMemory(process.Id), address);

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    /// <summary>The hidden command that such a process runs.</summary>
    /// <param name="name">Under <c>measure</c>.</param>
    /// <param name="build">Makes the program of its arguments.</param>
    public static Command Create(string name, Func<string[], WebApplication> build)
    {
        var settings = new Argument<string[]>("settings") { Description = "The program's, after --." };
        var command = new Command(name, "A process that `measure gateway` starts.") { settings };
        command.Hidden = true;
        command.SetAction((parsed, cancellation) => Host(build(parsed.GetRequiredValue(settings)), cancellation));
        return command;
    }

    /// <summary>Starts one.</summary>
    /// <param name="name">Of its command.</param>
    /// <param name="settings">Its arguments.</param>
    /// <exception cref="IOException">It did not come up.</exception>
    public static async Task<MeasuredProcess> Start(string name, IEnumerable<string> settings, CancellationToken cancellation)
    {
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "Cdam.Cli.dll"), "measure", name, "--", .. settings];
        var process = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,

            // As the gateway's own program has it; this one is no web program.
            Environment = { ["DOTNET_gcServer"] = "1" },
        })!;
        try
        {
            var address = await process.StandardOutput.ReadLineAsync(cancellation) ?? throw new IOException($"{name} ended before it listened");
            return new MeasuredProcess(process, address);
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
        var heap = await _process.StandardOutput.ReadLineAsync(cancellation) ?? throw new IOException("the process ended while it was measured");
        return new HeldMemory(long.Parse(heap, CultureInfo.InvariantCulture) / 1e6, _resident.Current / 1e6);
    }

    /// <summary>The most that was resident since the last call, 10⁶ bytes.</summary>
    public double TakePeak()
    {
        var peak = _resident.Peak / 1e6;
        _resident.ResetPeak();
        return peak;
    }

    /// <summary>What its threads have worked since it started.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
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
    private static async Task<int> Host(WebApplication program, CancellationToken cancellation)
    {
        await using var running = program;
        await running.StartAsync(cancellation);
        Console.WriteLine(running.Urls.First());
        while (await Console.In.ReadLineAsync(cancellation) is not null)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            Console.WriteLine(GC.GetTotalMemory(forceFullCollection: true));
        }

        return 0;
    }
}
