using Cdam.Gateway.Catalogue;
using Cdam.V1;
using Cdam.V1.Errors;
using Cdam.V1.Paging;
using Grpc.Core;

namespace Cdam.Gateway.Merging;

/// <summary>
/// The lists of ExplainerService for all pools together. A pool that cannot be reached is missing from them, and the answer's headers
/// name it.
/// </summary>
internal sealed class MergedCatalogue(ModelDirectory directory, RefreshSignal signal)
{
    /// <summary>The header that names the pools whose models and methods are missing, separated by commas.</summary>
    internal const string MissingPools = "cdam-missing-pools";

    private const int UsualPage = 100;
    private const int LargestPage = 1000;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    internal async Task<ListModelsResponse> ListModelsAsync(ListModelsRequest request, ServerCallContext context)
    {
        if (request.PageSize < 0)
        {
            throw WireStatus.InvalidArgument(
                "page_size", $"is {request.PageSize}; must be 0 (the default, {UsualPage}) or more").ToRpcException();
        }

        var last = PageToken.Last(request.PageToken) ?? throw WireStatus.InvalidArgument("page_token", PageToken.Fault).ToRpcException();
        await PrepareAsync(isFirst: last.Length == 0, context);
        var most = request.PageSize == 0 ? UsualPage : Math.Min(request.PageSize, LargestPage);
        var rest = directory.Models().Where(model => string.CompareOrdinal(model.Name, last) > 0).Take(most + 1).ToList();
        var page = rest.Take(most).ToList();
        return new ListModelsResponse { Models = { page }, NextPageToken = rest.Count > most ? PageToken.After(page[^1].Name) : "" };
    }

    /// <remarks>Methods keep the order of the first pool, the usual one first; of two definitions of a method the first pool's is given.</remarks>
    internal async Task<ListMethodsResponse> ListMethodsAsync(ListMethodsRequest request, ServerCallContext context)
    {
        await PrepareAsync(isFirst: true, context);
        var methods = directory.Reports.Where(report => report.IsReached).SelectMany(report => report.Methods);
        return new ListMethodsResponse { Methods = { methods.DistinctBy(method => method.Name, StringComparer.Ordinal) } };
    }

    private async Task PrepareAsync(bool isFirst, ServerCallContext context)
    {
        if (isFirst)
        {
            await signal.FreshAsync(context.CancellationToken);
        }

        var pools = directory.Reports.Where(report => report.Pool != Pools.PoolSet.Evaluators).ToLookup(report => report.Pool);
        var missing = pools.Where(pool => !pool.Any(report => report.IsReached)).Select(pool => pool.Key).ToList();
        if (missing.Count == pools.Count)
        {
            throw WireStatus.Unavailable(
                pools.Count == 0 ? "No pool of explainers has a destination." : $"No pool of explainers answers: {string.Join(", ", missing)}.",
                RetryAfter, "NO_DESTINATION").ToRpcException();
        }

        if (missing.Count > 0)
        {
            await context.WriteResponseHeadersAsync(new Metadata { { MissingPools, string.Join(',', missing) } });
        }
    }
}
