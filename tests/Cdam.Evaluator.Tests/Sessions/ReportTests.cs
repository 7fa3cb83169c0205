using System.Globalization;
using System.Text.Json;
using Cdam.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Cdam.Evaluator.Tests.Sessions;

public sealed class ReportTests
{
    private static CancellationToken Patience => EvaluatorFixture.Patience;

    [Fact]
    public async Task Report_InEachFormat_HoldsWhatTheEventsTold()
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var broken = BenchmarkFixture.Picture(1);
        broken.Name = "a \"broken\", one";
        broken.Image = new Image { Encoded = ByteString.CopyFromUtf8("no picture") };
        var quoted = BenchmarkFixture.Picture(2);
        quoted.Name = "a \"good\", one";
        var uploaded = await system.UploadAsync(BenchmarkFixture.Picture(0), broken, quoted);
        var settings = new BenchmarkSettings { Model = "models/linear", Source = new BenchmarkSource { ImageSet = uploaded.ImageSet }, Metrics = { "a_mif" } };
        var name = await system.StartBenchmarkAsync(settings);
        var events = await system.EventsAsync(name);

        var csv = await ReportAsync(system, name, ReportFormat.Csv, "text/csv");
        using var json = JsonDocument.Parse(await ReportAsync(system, name, ReportFormat.Json, "application/json"));

        var lines = csv.Split("\r\n");
        Assert.Equal(["position,image,target,method,a_mif", ""], [lines[0], lines[^1]]);
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("2,\"a \"\"good\"\", one\",output ", lines[2], StringComparison.Ordinal);
        var values = lines[1..3].Select(line => double.Parse(line[(line.LastIndexOf(',') + 1)..], CultureInfo.InvariantCulture));
        Assert.Equal(events[^1].Finished.Table.Rows[0].Means[0].Mean, values.Sum() / 2);
        var images = json.RootElement.GetProperty("images");
        Assert.Equal("image.encoded: is no picture.", images[1].GetProperty("error").GetString());
        Assert.Equal(11, images[0].GetProperty("results")[0].GetProperty("curves")[0].GetProperty("y").GetArrayLength());
        var table = BenchmarkTable.Parser.ParseJson(json.RootElement.GetProperty("table").GetRawText());
        Assert.Equal(events[^1].Finished.Table, table);
    }

    private static async Task<string> ReportAsync(BenchmarkFixture system, string name, ReportFormat format, string mediaType)
    {
        using var call = system.Client.GetReport(new GetReportRequest { Name = name, Format = format }, cancellationToken: Patience);
        var parts = await call.ResponseStream.ReadAllAsync().ToListAsync();
        Assert.Equal(mediaType, parts[0].File.MediaType);
        return string.Concat(parts[1..].Select(part => part.Content.ToStringUtf8()));
    }
}
