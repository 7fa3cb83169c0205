using System.CommandLine;
using Cdam.Training.Lidc.Phantoms;
using Spectre.Console;

namespace Cdam.Cli.Lidc;

/// <summary><c>cdam lidc phantom</c>: writes made-up lung scans as LIDC-IDRI has real ones.</summary>
internal static class PhantomCommand
{
    private static readonly ProgressColumn[] Columns =
        [new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()];

    public static Command Create()
    {
        var folder = new Argument<string>("dir") { Description = "Folder to write patients into." };
        var patients = new Option<int>("--patients") { Description = "Number of patients.", Required = true };
        var seed = new Option<ulong>("--seed") { Description = "The same seed gives the same files.", DefaultValueFactory = _ => 0 };
        var matrix = new Option<int>("--matrix")
        {
            Description = $"Rows and columns of a slice, {PhantomOptions.SmallestMatrix} to {PhantomOptions.LargestMatrix}.",
            DefaultValueFactory = _ => 256,
        };
        var implicitVr = new Option<bool>("--implicit") { Description = "Writes implicit VR little endian instead of explicit." };
        var command = new Command("phantom", "Writes phantoms: synthetic scans with nodules, read by four radiologists.")
        {
            folder, patients, seed, matrix, implicitVr,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new PhantomOptions
            {
                Patients = parsed.GetRequiredValue(patients),
                Seed = parsed.GetValue(seed),
                Matrix = parsed.GetValue(matrix),
                ImplicitVr = parsed.GetValue(implicitVr),
            };
            var path = parsed.GetRequiredValue(folder);
            var summary = await Write(path, options, cancellation);
            Console.WriteLine(
                $"{path}: {summary.Written} patients written, {summary.Kept} kept, {summary.Nodules.Count} nodules of 3 mm and more");
            return 0;
        });
        return command;
    }

    private static Task<PhantomSummary> Write(string folder, PhantomOptions options, CancellationToken cancellation)
    {
        options.Validate();
        if (Console.IsErrorRedirected)
        {
            return PhantomGenerator.Write(folder, options, new PhantomProgress(options.Patients, null), cancellation);
        }

        return CommandErrors.Console.Progress().AutoClear(true).Columns(Columns).StartAsync(progress =>
        {
            var bar = progress.AddTask("phantoms", maxValue: options.Patients);
            return PhantomGenerator.Write(folder, options, new PhantomProgress(options.Patients, bar), cancellation);
        });
    }
}
