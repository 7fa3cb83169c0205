using System.CommandLine;
using Cdam.Training.Lidc;
using Cdam.Training.Lidc.Samples;

namespace Cdam.Cli.Lidc;

/// <summary><c>cdam lidc samples SCANS --data DATASET --nodule ID…</c>: small volumes around nodules, as the web page shows them.</summary>
internal static class LidcSamplesCommand
{
    public static Command Create()
    {
        var scans = new Argument<string>("dir") { Description = "Folder with the scans that the data set was imported from." };
        var data = new Option<string>("--data") { Description = "The data set, as `cdam lidc import` makes one.", Required = true };
        var nodules = new Option<string[]>("--nodule")
        {
            Description = "Ids of nodules; those of one patient share a volume.", Required = true, AllowMultipleArgumentsPerToken = true,
        };
        var margin = new Option<double>("--margin") { Description = "Millimetres around the nodules, 17 or more.", DefaultValueFactory = _ => 24 };
        var output = new Option<string>("--out") { Description = $"Folder for the volumes (NRRD) and {SampleList.FileName}.", Required = true };
        var command = new Command("samples", "Cuts the surroundings of nodules out of scans, as NRRD volumes.") { scans, data, nodules, margin, output };
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                var folder = parsed.GetRequiredValue(output);
                var list = ScanSamples.Write(
                    parsed.GetRequiredValue(scans), NoduleDataset.Open(parsed.GetRequiredValue(data)), parsed.GetRequiredValue(nodules),
                    parsed.GetValue(margin), folder, cancellation);
                var sizes = list.Patients.Select(patient => $"{patient.File} {new FileInfo(Path.Combine(folder, patient.File)).Length / 1024} KiB");
                Console.WriteLine($"{folder}: {string.Join(", ", sizes)}");
                return 0;
            },
            CancellationToken.None));
        return command;
    }
}
