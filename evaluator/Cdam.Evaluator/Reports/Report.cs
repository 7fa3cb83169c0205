using Cdam.Evaluator.Requests;
using Cdam.Evaluator.Sessions;
using Cdam.Evaluator.Store;
using Cdam.V1;

namespace Cdam.Evaluator.Reports;

/// <summary>A session's results as a file.</summary>
/// <param name="MediaType">For example <c>text/csv</c>.</param>
/// <param name="FileName">Without folder.</param>
/// <param name="Pieces">Its bytes, in order; a piece is valid until the next is asked for.</param>
internal sealed record Report(string MediaType, string FileName, IAsyncEnumerable<ReadOnlyMemory<byte>> Pieces)
{
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: there is no such format.</exception>
    internal static Report Of(BenchmarkRow row, ReportFormat format, ResultReader results, CancellationToken cancellation)
    {
        var settings = BenchmarkSettings.Parser.ParseFrom(row.Settings);
        var images = results.ReadAsync(row.Id, cancellation);
        return format switch
        {
            ReportFormat.Json => new("application/json", $"{row.Id}.json", JsonReport.Write(row, settings, images)),
            ReportFormat.Csv => new("text/csv", $"{row.Id}.csv", CsvReport.Write(settings, images)),
            _ => throw RequestFault.Of("format",
                $"{format} is no format of this evaluator; there are REPORT_FORMAT_JSON and REPORT_FORMAT_CSV."),
        };
    }
}
