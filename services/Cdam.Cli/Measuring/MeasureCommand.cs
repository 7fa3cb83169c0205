using System.CommandLine;
using System.Text.Json;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Measuring;
using Cdam.Attribution.Models;
using Cdam.Attribution.Preprocessing;
using Cdam.Cli.Hosting;
using Cdam.Cli.Measuring.Forwarding;
using Cdam.Gateway;
using Spectre.Console;

namespace Cdam.Cli.Measuring;

/// <summary><c>cdam measure</c>: what maps cost, as ratios to a standard forward pass, all in one process, interleaved.</summary>
internal static class MeasureCommand
{
    private const int MatrixSide = 1536;
    private const int MatrixCount = 6; // about as long as a forward pass
    private const int StreamedImages = 4;
    private const int QuickRuns = 3;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var backbone = new Option<string>("--backbone") { Description = "Architecture; weights are random.", DefaultValueFactory = _ => "dino-vits8" };
        var input = new Option<int>("--input") { Description = "Side of the input, pixels.", DefaultValueFactory = _ => 224 };
        var rounds = new Option<int>("--rounds") { Description = "Counted rounds, at least 7.", DefaultValueFactory = _ => 7 };
        var json = new Option<bool>("--json") { Description = "Prints JSON instead of a table." };
        var command = new Command("measure", "Measures what predictions and maps cost here.")
        {
            backbone, input, rounds, json, GatewayMeasureCommand.Create(),
            MeasuredProcess.Create(MeasuredSystem.GatewayProcess, GatewayHost.Build), PlainProxy.Create(),
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var report = await Measure(
                parsed.GetRequiredValue(backbone), parsed.GetValue(input), Math.Max(7, parsed.GetValue(rounds)), cancellation);
            Print(report, parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static async Task<MeasureReport> Measure(string backbone, int side, int rounds, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("cdam-measure-");
        try
        {
            var preprocessing = new PreprocessingOptions { Resize = ResizeMode.None, Crop = null };
            RandomModel.Write(folder.FullName, "measured", new BackboneReference(backbone, null), 1000, 0, preprocessing);
            using var model = ExplainableModel.Load(folder.FullName);
            var picture = Picture(side);
            model.Check(ModelInput.FromPicture(picture));
            await using var connection = await ExplainerConnection.InProcess(folder.FullName, cancellation);
            return Measure(model, picture, new GrpcWork(connection.Client, "models/measured", picture), rounds, cancellation);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static MeasureReport Measure(ExplainableModel model, PixelImage picture, GrpcWork grpc, int rounds, CancellationToken cancellation)
    {
        var measurement = new ModelMeasurement(model, ModelInput.FromPicture(picture));
        var inProcess = measurement.Work();
        var peak = PeakOf(inProcess.Single(work => work.Name == "smooth-cdam").Run);
        var product = ModelMeasurement.MatrixProducts(MatrixSide, MatrixCount);
        var timed = Timed(Sequence(inProcess, product, grpc), rounds, cancellation);

        var rows = inProcess.Select(entry => Row(entry, inProcess, timed)).ToList();
        rows.Add(new MeasuredRow("grpc-unary", timed.Milliseconds("grpc-unary"), timed.Ratio("grpc-unary", "cdam")));
        rows.Add(new MeasuredRow(
            "grpc-stream", timed.Milliseconds("grpc-stream") / StreamedImages, timed.Ratio("grpc-stream", "cdam") / StreamedImages));
        rows.Add(new MeasuredRow(PlanningWork.Ranked, timed.Milliseconds(PlanningWork.Ranked), timed.Ratio(PlanningWork.Ranked, "forward")));
        rows.Add(new MeasuredRow(PlanningWork.Planned, timed.Milliseconds(PlanningWork.Planned), timed.Ratio(PlanningWork.Planned, "forward"))
        {
            OfNaive = timed.Ratio(PlanningWork.Planned, PlanningWork.Ranked),
        });
        var forward = timed.Milliseconds("forward");
        var productOperations = MatrixCount * 2 * Math.Pow(MatrixSide, 3);
        return new MeasureReport(
            rows, productOperations / timed.Milliseconds(product.Name) / 1e6, measurement.ForwardOperations() / forward / 1e6, peak / 1e6);
    }

    private static MeasuredRow Row(MeasuredWork work, IReadOnlyList<MeasuredWork> all, Rounds timed)
    {
        var row = new MeasuredRow(work.Name, timed.Milliseconds(work.Name) / work.Units, timed.Ratio(work.Name, "forward") / work.Units);
        var naive = all.FirstOrDefault(other => other.Name == work.Naive);
        return naive is null ? row : row with { OfNaive = timed.Ratio(work.Name, naive.Name) / work.Units * naive.Units };
    }

    /// <summary>
    /// A round: the quick rows three times, the slow ones, by automatic differentiation or of many forward passes, once. What is compared stands side by side,
    /// since machines change their pace within seconds.
    /// </summary>
    private static List<(string Name, Action Run)> Sequence(IReadOnlyList<MeasuredWork> inProcess, MeasuredWork product, GrpcWork grpc)
    {
        var naive = inProcess.Select(work => work.Naive).ToHashSet();
        var isSlow = inProcess.Where(work => !naive.Contains(work.Name)).SelectMany(work => WithNaive(work, inProcess))
            .ToLookup(work => work.IsSlow, work => (work.Name, work.Run));
        var quick = isSlow[false].ToList();
        quick.Insert(1, (product.Name, product.Run));
        quick.InsertRange(
            quick.FindIndex(work => work.Name == "cdam") + 1, [("grpc-unary", grpc.Unary), ("grpc-stream", () => grpc.Stream(StreamedImages))]);
        var planning = new PlanningWork();
        quick.AddRange([(PlanningWork.Ranked, planning.Rank), (PlanningWork.Planned, planning.Plan)]);
        return [.. Enumerable.Repeat(quick, QuickRuns).SelectMany(work => work), .. isSlow[true]];
    }

    private static IEnumerable<MeasuredWork> WithNaive(MeasuredWork work, IReadOnlyList<MeasuredWork> all) =>
        [work, .. all.Where(other => other.Name == work.Naive)];

    private static Rounds Timed(List<(string Name, Action Run)> work, int rounds, CancellationToken cancellation) =>
        CommandErrors.Console.Progress().AutoClear(true).Start(progress =>
        {
            var task = progress.AddTask("measuring", maxValue: work.Count * (rounds + 1));
            return Rounds.Run(work, rounds, () =>
            {
                cancellation.ThrowIfCancellationRequested();
                task.Increment(1);
            });
        });

    /// <summary>Bytes that a piece of work takes at its height above what the process holds before it.</summary>
    private static long PeakOf(Action run)
    {
        GC.Collect();
        var memory = new ResidentMemory(Environment.ProcessId);
        var idle = memory.Current;
        memory.ResetPeak();
        run();
        return Math.Max(0, memory.Peak - idle);
    }

    private static PixelImage Picture(int side)
    {
        var pixels = new byte[side * side * 3];
        new Random(0).NextBytes(pixels);
        return new PixelImage(side, side, pixels);
    }

    private static void Print(MeasureReport report, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(report, Indented));
            return;
        }

        var table = new Table().Border(TableBorder.Simple)
            .AddColumn("work").AddColumn(new TableColumn("median ms").RightAligned()).AddColumn(new TableColumn("ratio").RightAligned())
            .AddColumn(new TableColumn("of the published way").RightAligned());
        foreach (var row in report.Rows)
        {
            table.AddRow(row.Name, $"{row.MedianMs:0.0}", $"{row.Ratio:0.00}", row.OfNaive is { } naive ? $"{naive:0.00}" : "");
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine("ratio: to the standard forward pass (all blocks in full); grpc rows: to cdam in process, an image; plan: an image of 448 pixels, 20 maps");
        AnsiConsole.WriteLine(
            $"matrix product {report.MatmulGflops:0.0} GFLOP/s, forward pass {report.ForwardGflops:0.0} GFLOP/s ({report.ForwardGflops / report.MatmulGflops:P0})");
        AnsiConsole.WriteLine($"peak memory of Smooth CDAM above idle: {report.PeakMb:0} MB");
    }
}
