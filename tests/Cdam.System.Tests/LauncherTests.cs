namespace Cdam.System.Tests;

public sealed class LauncherTests
{
    [Fact]
    public async Task Launcher_PassesArgumentsErrorsAndExitCodeOn()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "the launcher is a shell script");
        using var folder = new TemporaryFolder();
        var result = await CommandLine.Run("/bin/bash", Repository.PathOf("cdam"), "models", "random", "no-such-backbone", "--out", folder.Path);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("no-such-backbone", result.Error, StringComparison.Ordinal);
        Assert.Contains("dino-vits8", result.Error, StringComparison.Ordinal);
    }
}
