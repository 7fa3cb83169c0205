using System.CommandLine;
using Cdam.Cli.Explaining;

namespace Cdam.Cli.Lidc;

/// <summary><c>cdam lidc explain NODULE…</c>: maps of nodules' three views as files.</summary>
internal static class LidcExplainCommand
{
    public static Command Create()
    {
        var nodules = new Argument<string[]>("nodule")
        {
            Description = "safetensors files, each with `crop` (int16 Hounsfield units, 32 × 32 × 32 voxels of 1 mm, z y x), "
                + "or with `volume` (int16, z y x) and `spacing` (mm, x y z).",
            Arity = ArgumentArity.OneOrMore,
        };
        var centre = new Option<string?>("--centre") { Description = "Where in a `volume` the nodule lies, X,Y,Z in voxels from 0; absent: the file's `centre` (x y z)." };
        var options = new ExplainOptions("every biomarker, or malignancy");
        var command = new Command("explain", "Explains nodules and writes maps of the axial, coronal and sagittal view, and a JSON summary.") { nodules, centre };
        options.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var files = new NoduleFiles(CentreArgument.Parse(parsed.GetValue(centre)));
            var arguments = options.Read(parsed);
            arguments.Request.MapOptions.IncludePreparedImage = true;
            return arguments.Run(parsed.GetRequiredValue(nodules), files, cancellation);
        });
        return command;
    }
}
