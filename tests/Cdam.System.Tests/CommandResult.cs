namespace Cdam.System.Tests;

/// <summary>What a program left behind.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>For messages of failed tests.</summary>
    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Error}";
}
