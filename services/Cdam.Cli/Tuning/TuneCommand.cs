using System.CommandLine;
using Cdam.Cli.Benching;

namespace Cdam.Cli.Tuning;

/// <summary><c>cdam bench tune</c>: chooses the noise of Smooth CDAM and SmoothGrad on validation images.</summary>
internal static class TuneCommand
{
    public static Command Create()
    {
        var options = new TuneOptions();
        var command = new Command("tune", "Chooses noise levels by A_LIF−MIF on validation images, and writes the curve.");
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) => await Run(options.Read(parsed), cancellation));
        return command;
    }

    private static async Task<int> Run(TuneArguments arguments, CancellationToken cancellation)
    {
        await using var connection = await BenchConnection.Open(
            arguments.Model, arguments.Server, arguments.Access, arguments.Models, arguments.Output, cancellation);
        var source = await BenchSource.Open(connection.Evaluator, arguments.Images, arguments.Limit, arguments.Seed, cancellation);
        var run = new TuneRun(connection.Evaluator, arguments);
        var tuned = await TuneProgress.Show(show => run.Tune(connection.Model, source, show, cancellation));
        await new TuneReport(arguments).Write(tuned, cancellation);
        return 0;
    }
}
