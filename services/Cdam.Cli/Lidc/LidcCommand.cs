using System.CommandLine;

namespace Cdam.Cli.Lidc;

/// <summary><c>cdam lidc</c>: CT scans of lung nodules.</summary>
internal static class LidcCommand
{
    public static Command Create() => new("lidc", "CT scans of lung nodules, as LIDC-IDRI has them.")
    {
        LidcImportCommand.Create(), PhantomCommand.Create(), LidcExplainCommand.Create(), LidcSamplesCommand.Create(),
    };
}
