using System.Globalization;
using System.Text;
using System.Text.Json;
using Cdam.Scoring.Reports;
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

    [Fact]
    public async Task Report_ForPeople_HoldsThePapersTablesPlotsAndFirstMaps()
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var settings = await system.SettingsAsync(6, "linear", "cdam", "attention", "input_x_gradient");
        settings.LabelUse = LabelUse.Target;
        var name = await system.StartBenchmarkAsync(settings);
        var table = (await system.EventsAsync(name))[^1].Finished.Table;

        var page = Text(Assert.Single(await FilesAsync(system, name, ReportFormat.Html)));
        var tables = await FilesAsync(system, name, ReportFormat.Latex);
        var pngs = await FilesAsync(system, name, ReportFormat.Png);
        var svgs = await FilesAsync(system, name, ReportFormat.Svg);

        Assert.Equal(["table-s1.tex", "table-3.tex", "others.tex"], tables.Select(file => file.File.FileName));
        string[] plots = ["curve-mif", "curve-lif", "scatter-attention-cdam"];
        Assert.Equal(plots.Select(plot => $"{plot}.png"), pngs.Select(file => file.File.FileName));
        Assert.Equal(plots.Select(plot => $"{plot}.svg"), svgs.Select(file => file.File.FileName));
        Assert.All(pngs, file => Assert.Equal((byte)'P', file.Content[1]));
        Assert.All(svgs, file => Assert.Contains("</svg>", Text(file), StringComparison.Ordinal));
        Assert.All(pngs, file => Assert.Contains(Convert.ToBase64String(file.Content), page, StringComparison.Ordinal));
        for (var picture = 0; picture < 6; picture++)
        {
            Assert.Equal(picture < 4, page.Contains($"<h2>picture {picture}: output {picture % 3}</h2>", StringComparison.Ordinal));
        }

        Assert.Contains(Convert.ToBase64String("input_x_gradient over the picture"u8), page, StringComparison.Ordinal);
        var mean = table.Rows[0].Means.Single(mean => mean.Metric == "a_mif");
        Assert.Contains($"{ReportNumber.Of(mean.Mean)}<small>[{ReportNumber.Of(mean.Lower)}, {ReportNumber.Of(mean.Upper)}]</small>", page, StringComparison.Ordinal);
        Assert.True(mean.Lower < mean.Mean && mean.Mean < mean.Upper);
        Assert.Matches(@"bytes an image.*\d{4,} to the explainers, \d{4,} from them", page);
        Assert.Contains($"\\mathbf{{{ReportNumber.Of(table.Rows.Min(row => row.Means.Single(cell => cell.Metric == "a_mif").Mean))}}}", Text(tables[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_OfSomeParts_HoldsThoseAndRefusesOthers()
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var name = await system.StartBenchmarkAsync(await system.SettingsAsync(1));
        await system.EventsAsync(name);

        Assert.Equal("curve-lif.svg", Assert.Single(await FilesAsync(system, name, ReportFormat.Svg, "curve-lif")).File.FileName);
        Assert.Equal("table-3.tex", Assert.Single(await FilesAsync(system, name, ReportFormat.Latex, "table-3")).File.FileName);
        var unknown = await Assert.ThrowsAsync<RpcException>(() => FilesAsync(system, name, ReportFormat.Png, "curve-lif", "curve-box"));
        var single = await Assert.ThrowsAsync<RpcException>(() => FilesAsync(system, name, ReportFormat.Html, "curve-lif"));

        Assert.Equal((StatusCode.InvalidArgument, StatusCode.InvalidArgument), (unknown.StatusCode, single.StatusCode));
        Assert.Contains("parts[1]: there is no 'curve-box'; there are curve-mif, curve-lif.", unknown.Status.Detail, StringComparison.Ordinal);
    }

    /// <summary>Undisturbed, a session of a linear model is mostly the evaluator's own work, and all of it is counted.</summary>
    [Fact]
    public async Task Progress_WithImages_TellsTheProcessorTime()
    {
        await using var system = await BenchmarkFixture.StartAsync();

        var events = await system.EventsAsync(await system.StartBenchmarkAsync(await system.SettingsAsync(6)));

        var seconds = events.Select(step => step.Progress.EvaluatorCpuSeconds).ToList();
        Assert.Equal(seconds.Order(), seconds);
        Assert.True(seconds[^1] > 0);
        Assert.All(events, step => Assert.False(step.Progress.HasExplainerCpuSeconds)); // no torch in this process
    }

    private static string Text((ReportFile File, byte[] Content) file) => Encoding.UTF8.GetString(file.Content);

    private static async Task<List<(ReportFile File, byte[] Content)>> FilesAsync(BenchmarkFixture system, string name, ReportFormat format, params string[] parts)
    {
        var request = new GetReportRequest { Name = name, Format = format, Parts = { parts } };
        using var call = system.Client.GetReport(request, cancellationToken: Patience);
        var files = new List<(ReportFile File, byte[] Content)>();
        await foreach (var part in call.ResponseStream.ReadAllAsync(Patience))
        {
            if (part.File is not null)
            {
                files.Add((part.File, []));
                continue;
            }

            Assert.InRange(part.Content.Length, 1, 64 * 1024);
            files[^1] = (files[^1].File, [.. files[^1].Content, .. part.Content]);
        }

        return files;
    }

    private static async Task<string> ReportAsync(BenchmarkFixture system, string name, ReportFormat format, string mediaType)
    {
        using var call = system.Client.GetReport(new GetReportRequest { Name = name, Format = format }, cancellationToken: Patience);
        var parts = await call.ResponseStream.ReadAllAsync().ToListAsync();
        Assert.Equal(mediaType, parts[0].File.MediaType);
        return string.Concat(parts[1..].Select(part => part.Content.ToStringUtf8()));
    }
}
