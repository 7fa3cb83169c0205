namespace Cdam.System.Tests;

public sealed class PhantomCommandTests
{
    [Fact]
    public async Task Phantom_TwiceIntoAFolder_WritesThenKeeps()
    {
        using var folder = new TemporaryFolder();
        string[] command = ["lidc", "phantom", folder.Path, "--patients", "1", "--seed", "2", "--matrix", "192", "--implicit"];

        var first = await CommandLine.Cdam(command);
        Assert.True(first.ExitCode == 0, first.ToString());
        Assert.Contains("1 patients written, 0 kept", first.Output, StringComparison.Ordinal);
        Assert.Contains("1 of 1 patients", first.Error, StringComparison.Ordinal);
        Assert.True(Directory.EnumerateFiles(Path.Combine(folder.Path, "LIDC-IDRI-0001"), "*.dcm", SearchOption.AllDirectories).Count() >= 40);

        Assert.Contains("0 patients written, 1 kept", (await CommandLine.Cdam(command)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Phantom_MatrixOutOfRange_FailsByName()
    {
        using var folder = new TemporaryFolder();

        var result = await CommandLine.Cdam("lidc", "phantom", folder.Path, "--patients", "1", "--matrix", "64");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("matrix is 64; must be 192 to 512", result.Error, StringComparison.Ordinal);
    }
}
