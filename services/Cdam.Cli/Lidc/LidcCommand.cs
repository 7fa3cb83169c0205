using System.CommandLine;

namespace Cdam.Cli.Lidc;

/// <summary><c>cdam lidc</c>: lung CT.</summary>
internal static class LidcCommand
{
    public static Command Create() => new("lidc", "Lung CT in the layout of LIDC-IDRI.") { PhantomCommand.Create() };
}
