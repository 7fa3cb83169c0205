using Cdam.Attribution.Preprocessing;
using Cdam.V1;

namespace Cdam.Cli.Measuring.Forwarding;

/// <summary>Measures what a gateway adds to calls, and what it takes of memory and processor.</summary>
/// <param name="system">Explainer and gateway.</param>
/// <param name="progress">Told what is done next.</param>
internal sealed class GatewayMeasurement(MeasuredSystem system, Action<string> progress)
{
    private const int UnaryRuns = 20; // in a round
    private const int Callers = 8;
    private const int CallsOfEach = 8;
    private const int StreamedImages = 64;
    private const int Side = 112; // of a picture: 37,632 bytes
    private const string Direct = " direct";
    private const string Through = " through the gateway";
    private const string Plainly = " through a plain proxy";

    /// <summary>Calls direct, through the gateway and through the plain proxy, in turn.</summary>
    /// <param name="rounds">Counted rounds, at least 1.</param>
    public IReadOnlyList<TimeRow> Times(int rounds, CancellationToken cancellation)
    {
        (string Way, GrpcWork Work)[] ways = [(Direct, Work(system.Direct())), (Through, Work(system.Through())), (Plainly, Work(system.Plainly()))];
        var longRuns = Math.Min(rounds, ways.Length);
        var calls = new (string Name, int Runs, int Images, Action<GrpcWork> Run)[]
        {
            ("unary, one at a time", UnaryRuns, 1, work => work.Unary()),
            ($"unary, {Callers} at once", longRuns, Callers * CallsOfEach, work => work.AtOnce(Callers, CallsOfEach)),
            ("stream, an image", longRuns, StreamedImages, work => work.Stream(StreamedImages)),
        };
        progress("timing calls direct, through the gateway and through a plain proxy, in turn");
        List<(string, Action)> round =
        [
            .. from call in calls
               from run in Enumerable.Range(0, call.Runs)
               from place in Enumerable.Range(run, ways.Length) // none is always the first
               let way = ways[place % ways.Length]
               select (call.Name + way.Way, (Action)(() => call.Run(way.Work))),
        ];
        var timed = Rounds.Run(round, rounds, cancellation.ThrowIfCancellationRequested);
        return [.. calls.Select(call => Row(call.Name, call.Images, timed))];
    }

    private static TimeRow Row(string call, int images, Rounds timed) => new(
        call, timed.Milliseconds(call + Direct) / images, Forwarded(call, Through, images, timed), Forwarded(call, Plainly, images, timed));

    private static ForwardedTime Forwarded(string call, string way, int images, Rounds timed)
    {
        var milliseconds = timed.Milliseconds(call + way) / images;
        return new ForwardedTime(milliseconds, milliseconds - timed.Milliseconds(call + Direct) / images, timed.RatioOfRuns(call + way, call + Direct));
    }

    /// <summary>Loads the gateway in three ways, and the plain proxy with the first of them.</summary>
    /// <param name="calls">Unary calls, at least 8.</param>
    /// <param name="megabytes">Of one stream, 10⁶ bytes.</param>
    /// <param name="streams">Held idle at once.</param>
    public async Task<IReadOnlyList<MemoryRow>> Memory(int calls, int megabytes, int streams, CancellationToken cancellation)
    {
        var unary = Light(system.Through());
        var plain = Light(system.Plainly());
        var load = new ForwardedLoad(system.Through(), MeasuredSystem.Light);
        progress("warming up");
        unary.AtOnce(Callers, Math.Max(1, calls / Callers / 10));
        plain.AtOnce(Callers, Math.Max(1, calls / Callers / 10));
        await load.Bytes(megabytes * 100_000L, cancellation);
        await load.Hold(streams, () => Task.CompletedTask, cancellation);
        return
        [
            await Row($"{calls:N0} calls", system.Gateway, after => Repeated(unary, calls, after), cancellation),
            await Row($"{calls:N0} calls, plain proxy", system.Proxy, after => Repeated(plain, calls, after), cancellation),
            await Row($"a stream of {megabytes:N0} MB", system.Gateway, after => Followed(load.Bytes(megabytes * 1_000_000L, cancellation), after), cancellation),
            await Row($"{streams:N0} idle streams, held", system.Gateway, held => load.Hold(streams, held, cancellation), cancellation),
        ];
    }

    private async Task<MemoryRow> Row(string name, MeasuredProcess process, Func<Func<Task>, Task> load, CancellationToken cancellation)
    {
        progress(name);
        var before = await process.Memory(cancellation);
        var after = before;
        var peak = 0.0;
        var start = process.ProcessorTime;
        var taken = TimeSpan.Zero;
        process.TakePeak();
        await load(async () =>
        {
            taken = process.ProcessorTime - start;
            peak = process.TakePeak();
            after = await process.Memory(cancellation);
        });
        return new MemoryRow(name, before, after, peak, taken.TotalSeconds);
    }

    private static Task Repeated(GrpcWork unary, int calls, Func<Task> after)
    {
        unary.AtOnce(Callers, calls / Callers);
        return after();
    }

    private static async Task Followed(Task load, Func<Task> after)
    {
        await load;
        await after();
    }

    private static GrpcWork Light(ExplainerService.ExplainerServiceClient client) => new(client, MeasuredSystem.Light, Picture(Side));

    private static GrpcWork Work(ExplainerService.ExplainerServiceClient client) => new(client, MeasuredSystem.Scenes, Picture(Side));

    private static PixelImage Picture(int side)
    {
        var pixels = new byte[side * side * 3];
        new Random(0).NextBytes(pixels);
        return new PixelImage(side, side, pixels);
    }
}
