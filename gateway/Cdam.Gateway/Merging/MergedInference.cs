using System.Reflection;
using Cdam.Gateway.Catalogue;
using Inference;
using ModelIndex = Inference.RepositoryIndexResponse.Types.ModelIndex;

namespace Cdam.Gateway.Merging;

/// <summary>What the Open Inference Protocol asks of a server as a whole, for all pools together.</summary>
internal sealed class MergedInference(ModelDirectory directory, RefreshSignal signal)
{
    private const string Version = "1";
    private const string Ready = "READY";

    internal static Task<ServerLiveResponse> ServerLiveAsync() => Task.FromResult(new ServerLiveResponse { Live = true });

    internal static Task<ServerMetadataResponse> ServerMetadataAsync() => Task.FromResult(new ServerMetadataResponse
    {
        Name = "cdam-gateway",
        Version = Assembly.GetExecutingAssembly().GetName().Version!.ToString(3),
        Extensions = { "cdam_explain", "model_repository", "model_configuration" },
    });

    /// <summary>True where there is a model, and some destination serves each that any of them has ever named.</summary>
    internal async Task<ServerReadyResponse> ServerReadyAsync(CancellationToken cancellation)
    {
        var models = await ModelsAsync(cancellation);
        return new ServerReadyResponse { Ready = models.Count > 0 && models.All(model => model.State == Ready) };
    }

    /// <remarks>Of a model in several pools, the destination that is furthest counts.</remarks>
    internal async Task<RepositoryIndexResponse> RepositoryIndexAsync(RepositoryIndexRequest request, CancellationToken cancellation)
    {
        var models = await ModelsAsync(cancellation);
        return new RepositoryIndexResponse { Models = { models.Where(model => !request.Ready || model.State == Ready) } };
    }

    private async Task<IReadOnlyList<ModelIndex>> ModelsAsync(CancellationToken cancellation)
    {
        await signal.FreshAsync(cancellation);
        return
        [
            .. directory.Reports
                .SelectMany(report => report.Models.Select(model => (model.Name, Report: report)))
                .GroupBy(pair => pair.Name, pair => pair.Report, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => Index(group.Key, [.. group])),
        ];
    }

    private static ModelIndex Index(string name, IReadOnlyList<DestinationReport> reports)
    {
        var isReached = reports.Any(report => report.IsReached);
        return new ModelIndex
        {
            Name = ModelName.IdOf(name),
            Version = Version,
            State = reports.Any(report => report.IsReached && report.Ready.Contains(name)) ? Ready : isReached ? "LOADING" : "UNAVAILABLE",
            Reason = isReached ? "" : $"no destination of {string.Join(", ", reports.Select(report => report.Pool).Distinct())} answers",
        };
    }
}
