using Cdam.V1;
using Cdam.V1.Targets;

namespace Cdam.Cli.Explaining;

/// <summary>A target on the command line, as <see cref="TargetText"/> reads it.</summary>
internal static class TargetArgument
{
    /// <exception cref="ArgumentException">top:K has no number.</exception>
    public static Target Parse(string text)
    {
        try
        {
            return TargetText.Parse(text);
        }
        catch (FormatException fault)
        {
            throw new ArgumentException($"--target {fault.Message}", fault);
        }
    }
}
