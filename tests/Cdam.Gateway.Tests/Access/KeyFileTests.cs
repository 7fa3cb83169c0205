using Grpc.Core;
using Microsoft.Extensions.Options;
using static Cdam.Gateway.Tests.Access.KeyGateway;

namespace Cdam.Gateway.Tests.Access;

public sealed class KeyFileTests
{
    private const string Hash = "sha256:00000000000000000000000000000000:0000000000000000000000000000000000000000000000000000000000000000";

    [Fact]
    public async Task Key_TakenOutOfTheFile_IsRefusedSoonAfterAndTheOthersStay()
    {
        var (left, stays) = (Key("left", "explain"), Key("stays", "explain"));
        await using var system = await StartAsync([left.Line, stays.Line]);
        Assert.Equal(StatusCode.OK, await system.ExplainAsync(With(left.Key)));

        system.Rewrite(stays.Line);

        await Eventually.HoldsAsync(async () => await system.ExplainAsync(With(left.Key)) == StatusCode.Unauthenticated);
        Assert.Equal(StatusCode.OK, await system.ExplainAsync(With(stays.Key)));
    }

    [Fact]
    public async Task File_BrokenWhileTheGatewayRuns_LeavesTheKeysOfBefore()
    {
        var (key, next) = (Key("ci", "explain"), Key("next", "explain"));
        await using var system = await StartAsync([key.Line]);

        system.Rewrite("{", next.Line);
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        Assert.Equal(StatusCode.OK, await system.ExplainAsync(With(key.Key)));

        system.Rewrite(next.Line);
        await Eventually.HoldsAsync(async () => await system.ExplainAsync(With(next.Key)) == StatusCode.OK);
        Assert.Equal(StatusCode.Unauthenticated, await system.ExplainAsync(With(key.Key)));
    }

    /// <remarks>As Kubernetes mounts secrets: keys → ..data/keys, ..data → ..one, and an update turns ..data.</remarks>
    [Fact]
    public async Task MountedSecret_WhoseLinkTurns_IsReadAnew()
    {
        using var folder = new TemporaryFolder();
        var (old, young) = (Key("old", "explain"), Key("young", "explain"));
        foreach (var (version, line) in new[] { ("..one", old.Line), ("..two", young.Line) })
        {
            Directory.CreateDirectory(folder.File(version));
            File.WriteAllText(Path.Combine(folder.File(version), "keys"), line);
        }

        Directory.CreateSymbolicLink(folder.File("..data"), "..one");
        File.CreateSymbolicLink(folder.File("keys"), Path.Combine("..data", "keys"));
        await using var system = await StartAsync([], $"--Gateway:Access:KeyFile={folder.File("keys")}");
        Assert.Equal(StatusCode.OK, await system.ExplainAsync(With(old.Key)));

        Directory.Delete(folder.File("..data"));
        Directory.CreateSymbolicLink(folder.File("..data"), "..two");

        await Eventually.HoldsAsync(async () => await system.ExplainAsync(With(young.Key)) == StatusCode.OK);
        Assert.Equal(StatusCode.Unauthenticated, await system.ExplainAsync(With(old.Key)));
    }

    [Theory]
    [InlineData("nonsense", "line 1: must be a JSON object")]
    [InlineData("null", "line 1: must be a JSON object")]
    [InlineData("""{"id": "a", "hash": "HASH"}""", "line 1: must be a JSON object")]
    [InlineData("""{"id": "a", "hash": "HASH", "scopes": ["explain"], "key": "cdam_a_b"}""", "line 1: must be a JSON object")]
    [InlineData("""{"id": "a", "id": "b", "hash": "HASH", "scopes": ["explain"]}""", "line 1: must be a JSON object")]
    [InlineData("""{"id": "a", "hash": "HASH", "scopes": ["explain"], "expires": "soon"}""", "line 1: must be a JSON object")]
    [InlineData("""{"id": "A b", "hash": "HASH", "scopes": ["explain"]}""", "line 1: id (A b) must be 1 to 64 of a-z, 0-9 and -")]
    [InlineData("""{"id": "a", "hash": "HASH", "scopes": []}""", "line 1: scopes () must be one or more of explain, evaluate, admin")]
    [InlineData("""{"id": "a", "hash": "HASH", "scopes": ["Explain"]}""", "line 1: scopes (Explain) must be one or more of explain, evaluate, admin")]
    [InlineData("""{"id": "a", "hash": "sha256:00:00", "scopes": ["explain"]}""", "line 1: hash must be sha256:SALT:HASH")]
    [InlineData("# comment\n{\"id\": \"a\", \"hash\": \"HASH\", \"scopes\": [\"explain\"]}\n{\"id\": \"a\", \"hash\": \"HASH\", \"scopes\": [\"admin\"]}", "line 3: id (a) must be on one line only")]
    public void Build_FileWithABadLine_NamesSettingFileLineAndRule(string text, string rule)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("keys", text.Replace("HASH", Hash, StringComparison.Ordinal));

        var fault = Assert.Throws<OptionsValidationException>(() => GatewayHost.Build([$"--Gateway:Access:KeyFile={file}"]));

        Assert.StartsWith($"Gateway:Access:KeyFile ({file}) {rule}", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("cdam_a_b", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_FileThatIsNotThere_SaysSo()
    {
        var fault = Assert.Throws<OptionsValidationException>(() => GatewayHost.Build(["--Gateway:Access:KeyFile=/nowhere/keys"]));

        Assert.StartsWith("Gateway:Access:KeyFile (/nowhere/keys) must be a file that can be read", fault.Message, StringComparison.Ordinal);
    }
}
