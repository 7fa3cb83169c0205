using System.Text.Json;
using Cdam.Gateway.Auditing;
using Cdam.Gateway.Tests.Destinations;
using Cdam.V1;
using Google.Protobuf;
using Microsoft.Extensions.Options;
using static Cdam.Gateway.Tests.Access.KeyGateway;

namespace Cdam.Gateway.Tests.Auditing;

public sealed class AuditTests
{
    [Fact]
    public async Task Call_ThatWasForwarded_LeavesALineThatSaysWhoDidWhatAndNothingOfItsContents()
    {
        using var folder = new TemporaryFolder();
        var key = Key("ci", "explain");
        await using var system = await StartAsync([key.Line], $"--Gateway:Audit:File={folder.File("audit")}");
        var picture = ByteString.CopyFromUtf8("PICTURE" + new string('x', 5000));
        var headers = With(key.Key);
        headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        await system.Gateway.Client.ExplainAsync(
            new ExplainRequest { Model = "models/m", Image = new Image { Encoded = picture } }, headers, cancellationToken: GatewayFixture.Patience);

        var line = (await LinesAsync(folder.File("audit"), 1))[0];
        var entry = JsonDocument.Parse(line).RootElement;
        Assert.Equal(
            ("key:ci", "explain", "/cdam.v1.ExplainerService/Explain", "models/m", "OK", "0af7651916cd43dd8448eb211c80319c"),
            (Text(entry, "client"), Text(entry, "scope"), Text(entry, "rpc"), Text(entry, "model"), Text(entry, "status"), Text(entry, "trace_id")));
        Assert.InRange(entry.GetProperty("request_bytes").GetInt64(), 5007, 5100);
        Assert.InRange(entry.GetProperty("response_bytes").GetInt64(), 5007, 5100);
        Assert.True(entry.GetProperty("duration_ms").GetDouble() > 0);
        Assert.InRange(entry.GetProperty("time").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow);
        Assert.DoesNotContain("PICTURE", line, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Key[8..], line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_ThatWereRefused_LeaveLinesToo()
    {
        using var folder = new TemporaryFolder();
        var key = Key("ci", "evaluate");
        await using var system = await StartAsync([key.Line], $"--Gateway:Audit:File={folder.File("audit")}");
        using var client = new HttpClient { BaseAddress = system.Gateway.Http };

        await system.ExplainAsync([]);
        await system.ExplainAsync(With("cdam_ci_wrong"));
        await system.ExplainAsync(With(key.Key));
        using var answer = await client.GetAsync(new Uri("/v1/models?key=secret", UriKind.Relative), GatewayFixture.Patience);

        var entries = (await LinesAsync(folder.File("audit"), 4)).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["UNAUTHENTICATED", "UNAUTHENTICATED", "PERMISSION_DENIED", "401"], entries.Select(entry => Text(entry, "status")));
        Assert.Equal(["ip:127.0.0.1", "ip:127.0.0.1", "key:ci", "ip:127.0.0.1"], entries.Select(entry => Text(entry, "client")));
        Assert.Equal("GET /v1/models", Text(entries[3], "rpc"));
    }

    [Fact]
    public async Task Call_OfAServiceOfItsOwn_IsAnsweredWholeAndCounted()
    {
        using var folder = new TemporaryFolder();
        await using var gateway = await GatewayFixture.StartAsync($"--Gateway:Audit:File={folder.File("audit")}");

        var answer = await gateway.Client.ListModelsAsync(new ListModelsRequest(), cancellationToken: GatewayFixture.Patience);

        var entry = JsonDocument.Parse((await LinesAsync(folder.File("audit"), 1))[0]).RootElement;

        // Its length and whether it is compressed go before a message in five bytes.
        Assert.Equal(5 + answer.CalculateSize(), entry.GetProperty("response_bytes").GetInt64());
    }

    [Fact]
    public async Task Call_ThatTheClientCancels_IsCancelled()
    {
        using var folder = new TemporaryFolder();
        await using var gateway = await GatewayFixture.StartAsync($"--Gateway:Audit:File={folder.File("audit")}");
        using var cancellation = new CancellationTokenSource();
        using var call = gateway.Client.ExplainAsync(new ExplainRequest { RequestId = StubExplainer.Silent }, cancellationToken: cancellation.Token);
        await gateway.Destination.Explainer.Waiting.WaitAsync(GatewayFixture.Patience);

        await cancellation.CancelAsync();

        var entry = JsonDocument.Parse((await LinesAsync(folder.File("audit"), 1))[0]).RootElement;
        Assert.Equal(("CANCELLED", "ip:127.0.0.1"), (Text(entry, "status"), Text(entry, "client")));
    }

    [Fact]
    public async Task File_AtItsSize_GivesWayAndTheOldestIsDeleted()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("audit");
        await File.WriteAllTextAsync(path, "before\n");
        await using (var file = LineFile.Open(path, mostBytes: 16, keep: 2))
        {
            foreach (var line in (string[])["1234567", "abcdefg", "hijklmn", "opqrstu", "a line longer than a file"])
            {
                await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(line));
            }
        }

        Assert.Equal(
            ["a line longer than a file\n", "opqrstu\n", "abcdefg\nhijklmn\n"],
            new[] { path, path + ".1", path + ".2" }.Select(File.ReadAllText));
        Assert.Equal(3, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public async Task File_OfTheLog_IsNobodyElsesToRead()
    {
        using var folder = new TemporaryFolder();
        await using var gateway = await GatewayFixture.StartAsync($"--Gateway:Audit:File={folder.File("audit")}");

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File("audit")));
        }
    }

    [Fact]
    public async Task File_ThatCannotBeWritten_StopsTheStart()
    {
        await using var app = GatewayHost.Build(["--Gateway:Listen=http://127.0.0.1:0", "--Gateway:ListenHttp=", "--Gateway:Audit:File=/nowhere/audit"]);

        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync());

        Assert.StartsWith("Gateway:Audit:File (/nowhere/audit) must be a file that can be written", fault.Message, StringComparison.Ordinal);
    }

    private static string? Text(JsonElement entry, string name) => entry.GetProperty(name).GetString();

    private static async Task<string[]> LinesAsync(string path, int count)
    {
        string[] lines = [];
        await Eventually.HoldsAsync(async () =>
        {
            await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream);
            lines = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return lines.Length >= count;
        });
        return lines;
    }
}
