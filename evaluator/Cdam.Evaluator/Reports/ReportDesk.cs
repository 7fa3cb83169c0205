using System.Runtime.CompilerServices;
using System.Text;
using Cdam.Evaluator.Requests;
using Cdam.Evaluator.Sessions;
using Cdam.Evaluator.Store;
using Cdam.V1;
using Google.Protobuf.Reflection;

namespace Cdam.Evaluator.Reports;

/// <summary>Makes the files of a report.</summary>
internal sealed class ReportDesk(ResultReader results, TimeProvider clock) : IDisposable
{
    // What is drawn is held in memory with its plots, and takes a processor for a while: one at a time.
    private readonly SemaphoreSlim _drawing = new(1);

    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: there is no such format, or no such part.</exception>
    internal async IAsyncEnumerable<Report> WriteAsync(
        BenchmarkRow row, GetReportRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var settings = BenchmarkSettings.Parser.ParseFrom(row.Settings);
        var images = results.ReadAsync(row.Id, cancellation);
        if (request.Format is ReportFormat.Json or ReportFormat.Csv or ReportFormat.Html && request.Parts.Count > 0)
        {
            throw RequestFault.Of("parts", $"{request.Format} is one file; parts are for formats of several.");
        }

        switch (request.Format)
        {
            case ReportFormat.Json:
                yield return new Report("application/json", $"{row.Id}.json", JsonReport.Write(row, settings, images));
                yield break;
            case ReportFormat.Csv:
                yield return new Report("text/csv", $"{row.Id}.csv", CsvReport.Write(settings, images));
                yield break;
        }

        foreach (var report in await DrawAsync(row, settings, request, images, cancellation))
        {
            yield return report;
        }
    }

    public void Dispose() => _drawing.Dispose();

    private async Task<IReadOnlyList<Report>> DrawAsync(
        BenchmarkRow row, BenchmarkSettings settings, GetReportRequest request, IAsyncEnumerable<SettledImage> images, CancellationToken cancellation)
    {
        await _drawing.WaitAsync(cancellation);
        try
        {
            var gathered = await GatheredResults.OfAsync(settings, images);
            var drawn = new DrawnReport(row, settings, gathered, clock);
            return request.Format switch
            {
                ReportFormat.Html => [drawn.Page()],
                ReportFormat.Latex => drawn.Tables(request.Parts),
                ReportFormat.Png => drawn.Plots(request.Parts, "image/png", "png", figure => figure.Png),
                ReportFormat.Svg => drawn.Plots(request.Parts, "image/svg+xml", "svg", figure => Encoding.UTF8.GetBytes(figure.Svg)),
                _ => throw RequestFault.Of("format", $"{request.Format} is no format of this evaluator; there are {Formats()}."),
            };
        }
        finally
        {
            _drawing.Release();
        }
    }

    /// <summary>As the wire calls them; the first stands for none.</summary>
    private static string Formats() =>
        string.Join(", ", BenchmarkReflection.Descriptor.FindTypeByName<EnumDescriptor>(nameof(ReportFormat)).Values.Skip(1).Select(format => format.Name));
}
