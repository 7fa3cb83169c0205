using System.Diagnostics;
using Cdam.System.Tests;

namespace Cdam.Browser.Tests.Pasting;

/// <summary>
/// A shell in a folder of its own, where <c>./cdam</c> is the built program. <c>grpcurl</c>, which few machines have, is stood for by a
/// program that keeps what it is given.
/// </summary>
internal sealed class PastedShell : IDisposable
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly TemporaryFolder _folder = new();

    public PastedShell()
    {
        Write("cdam", $"exec dotnet '{Path.Combine(AppContext.BaseDirectory, "Cdam.Cli.dll")}' \"$@\"");
        Write("grpcurl", "printf '%s\\n' \"$@\" >grpcurl.arguments; cat >grpcurl.input");
    }

    public string PathOf(params string[] parts) => Path.Combine([_folder.Path, .. parts]);

    /// <summary>Runs what somebody pasted, and returns what it prints.</summary>
    public async Task<string> RunAsync(string command)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", command])
        {
            WorkingDirectory = _folder.Path, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{_folder.Path}:{start.Environment["PATH"]}";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{command}\nended with {process.ExitCode}: {await error}");
        return output;
    }

    public void Dispose() => _folder.Dispose();

    private void Write(string name, string script)
    {
        File.WriteAllText(PathOf(name), $"#!/usr/bin/env bash\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(PathOf(name), Executable);
        }
    }
}
