namespace Cdam.System.Tests;

public sealed class ProtoLintTests
{
    private const string BufVersion = "1.75.0";

    [Fact]
    public async Task Protos_PassBufsStandardRules()
    {
        Assert.SkipUnless(SearchPath.Has("npm"), "buf comes from npm, and Node is not here");
        var tools = Repository.PathOf(".cdam", "buf");
        var buf = Path.Combine(tools, "node_modules", ".bin", "buf");
        if (!File.Exists(buf))
        {
            var install = await CommandLine.Run("npm", "install", "--no-save", "--silent", "--prefix", tools, $"@bufbuild/buf@{BufVersion}");
            Assert.SkipUnless(install.ExitCode == 0, $"npm could not install buf: {install}");
        }

        var result = await CommandLine.Run(buf, "lint", Repository.PathOf("protos"));
        Assert.True(result.ExitCode == 0, result.ToString());
    }
}
