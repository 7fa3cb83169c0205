using Cdam.Evaluator.Requests;
using Cdam.Evaluator.Store;
using Cdam.V1;
using Cdam.V1.Errors;
using Grpc.Core;

namespace Cdam.Evaluator.Sessions;

/// <summary>Finds, lists and cancels sessions by their names.</summary>
internal sealed class SessionCatalogue(SessionStore store, LeaseStore leases, SessionJournal journal, ResultReader results)
{
    private const int DefaultPage = 50;
    private const int LargestPage = 1000;

    /// <exception cref="RpcException">INVALID_ARGUMENT or NOT_FOUND.</exception>
    internal async Task<BenchmarkRow> GetAsync(string name, CancellationToken cancellation) =>
        await store.FindAsync(SessionName.Id(name), cancellation)
        ?? throw WireStatus.NotFound("benchmark", name, $"There is no benchmark '{name}'; ListBenchmarks gives those that there are.")
            .ToRpcException();

    internal async Task<ListBenchmarksResponse> ListAsync(ListBenchmarksRequest request, CancellationToken cancellation)
    {
        if (request.PageSize < 0)
        {
            throw RequestFault.Of("page_size", $"{request.PageSize}; 0 for the default, or a positive number.");
        }

        if (request.PageToken.Length > 0 && !SessionName.IsId(request.PageToken))
        {
            throw RequestFault.Of("page_token", "is none that ListBenchmarks gave.");
        }

        var size = request.PageSize == 0 ? DefaultPage : Math.Min(request.PageSize, LargestPage);
        var rows = await store.ListAsync(size + 1, request.PageToken, cancellation);
        var answer = new ListBenchmarksResponse { Benchmarks = { rows.Take(size).Select(BenchmarkMessage.Of) } };
        foreach (var benchmark in answer.Benchmarks)
        {
            benchmark.Settings.PinnedConcept?.Vector.Clear();
        }

        if (rows.Count > size)
        {
            answer.NextPageToken = rows[size - 1].Id;
        }

        return answer;
    }

    /// <summary>Ends a session that nobody works on, or leaves word for its evaluator.</summary>
    internal async Task<BenchmarkRow> CancelAsync(string name, CancellationToken cancellation)
    {
        var row = await GetAsync(name, cancellation);
        await store.RequestCancelAsync(row.Id, cancellation);
        if (await leases.ClaimAsync(row.Id, cancellation) is { } lease)
        {
            var table = await MeanTable.OfAsync(BenchmarkSettings.Parser.ParseFrom(row.Settings), results.ReadAsync(row.Id, cancellation));
            await journal.FinishAsync(lease, SessionState.Cancelled, null, table, cancellation);
        }

        return await GetAsync(name, cancellation);
    }
}
