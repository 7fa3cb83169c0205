using Cdam.Evaluator.Reports;
using Cdam.Evaluator.Requests;
using Cdam.Evaluator.Sources;
using Cdam.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Cdam.Evaluator.Sessions;

/// <summary>The calls about benchmarks: each asks one of the parts, and maps its answer to messages.</summary>
internal sealed class BenchmarkCalls(ImageSets sets, SessionStart start, SessionCatalogue catalogue, EventFeed feed, ReportDesk reports)
{
    private const int PieceBytes = 64 * 1024;

    internal async Task<UploadImagesResponse> UploadAsync(IAsyncStreamReader<UploadImagesRequest> images, CancellationToken cancellation)
    {
        var (id, count) = await sets.AddAsync(images.ReadAllAsync(cancellation), cancellation);
        return new UploadImagesResponse { ImageSet = SessionName.OfImageSet(id), ImageCount = count };
    }

    internal async Task<StartBenchmarkResponse> StartAsync(StartBenchmarkRequest request, CancellationToken cancellation)
    {
        var row = await start.StartAsync(request.Settings, request.RequestId, cancellation);
        return new StartBenchmarkResponse { Benchmark = BenchmarkMessage.Of(row) };
    }

    internal async Task RunAsync(
        RunBenchmarkRequest request, IServerStreamWriter<RunBenchmarkResponse> responses, CancellationToken cancellation)
    {
        var row = await start.StartAsync(request.Settings, request.RequestId, cancellation);
        await foreach (var step in feed.ReadAsync(row.Id, 1, cancellation))
        {
            await responses.WriteAsync(new RunBenchmarkResponse { Event = step }, cancellation);
        }
    }

    internal async Task AttachAsync(
        AttachBenchmarkRequest request, IServerStreamWriter<AttachBenchmarkResponse> responses, CancellationToken cancellation)
    {
        if (request.FromEvent < 0)
        {
            throw RequestFault.Of("from_event", $"{request.FromEvent}; events are counted from 1.");
        }

        var row = await catalogue.GetAsync(request.Name, cancellation);
        await foreach (var step in feed.ReadAsync(row.Id, Math.Max(1, request.FromEvent), cancellation))
        {
            await responses.WriteAsync(new AttachBenchmarkResponse { Event = step }, cancellation);
        }
    }

    internal async Task<CancelBenchmarkResponse> CancelAsync(CancelBenchmarkRequest request, CancellationToken cancellation) =>
        new() { Benchmark = BenchmarkMessage.Of(await catalogue.CancelAsync(request.Name, cancellation)) };

    internal Task<ListBenchmarksResponse> ListAsync(ListBenchmarksRequest request, CancellationToken cancellation) =>
        catalogue.ListAsync(request, cancellation);

    internal async Task<GetBenchmarkResponse> GetAsync(GetBenchmarkRequest request, CancellationToken cancellation) =>
        new() { Benchmark = BenchmarkMessage.Of(await catalogue.GetAsync(request.Name, cancellation)) };

    internal async Task ReportAsync(
        GetReportRequest request, IServerStreamWriter<GetReportResponse> responses, CancellationToken cancellation)
    {
        var row = await catalogue.GetAsync(request.Name, cancellation);
        await foreach (var report in reports.WriteAsync(row, request, cancellation))
        {
            await SendAsync(report, responses, cancellation);
        }
    }

    private static async Task SendAsync(Report report, IServerStreamWriter<GetReportResponse> responses, CancellationToken cancellation)
    {
        var file = new ReportFile { MediaType = report.MediaType, FileName = report.FileName };
        await responses.WriteAsync(new GetReportResponse { File = file }, cancellation);
        await foreach (var piece in report.Pieces.WithCancellation(cancellation))
        {
            for (var at = 0; at < piece.Length; at += PieceBytes)
            {
                var content = ByteString.CopyFrom(piece.Slice(at, Math.Min(PieceBytes, piece.Length - at)).Span);
                await responses.WriteAsync(new GetReportResponse { Content = content }, cancellation);
            }
        }
    }
}
