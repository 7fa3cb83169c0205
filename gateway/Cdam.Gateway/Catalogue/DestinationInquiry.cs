using System.Collections.Frozen;
using Cdam.Gateway.Hosting;
using Cdam.Gateway.Pools;
using Cdam.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Model;

namespace Cdam.Gateway.Catalogue;

/// <summary>Asks a destination whether it serves, and an explainer for its models and methods.</summary>
internal sealed partial class DestinationInquiry(IOptions<GatewayOptions> options, ILogger<DestinationInquiry> logger)
{
    /// <param name="before">What it said the time before.</param>
    internal async Task<DestinationReport> AskAsync(
        ClusterState cluster, DestinationState destination, DestinationReport before, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.Value.InquiryTimeout);
        try
        {
            using var channel = GrpcChannel.ForAddress(
                destination.Model.Config.Address, new GrpcChannelOptions { HttpHandler = new InvokerHandler(cluster.Model.HttpClient) });
            return cluster.ClusterId == PoolSet.Evaluators
                ? before with { IsReached = true, IsServing = await HealthOf(channel, EvaluatorService.Descriptor.FullName, limit.Token) }
                : await AskExplainerAsync(channel, before, limit.Token);
        }
        catch (Exception fault) when (fault is RpcException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            if (before.IsReached)
            {
                LogUnreached(before.Destination, before.Pool, fault.Message);
            }

            return before with { IsReached = false };
        }
    }

    private static Task<bool> HealthOf(GrpcChannel channel, string name, CancellationToken cancellation) =>
        DestinationHealthName.IsServingAsync(channel, name, cancellation);

    private static async Task<DestinationReport> AskExplainerAsync(
        GrpcChannel channel, DestinationReport before, CancellationToken cancellation)
    {
        var client = new ExplainerService.ExplainerServiceClient(channel);
        var models = await ModelListing.ReadAsync(client, cancellation);
        var methods = await client.ListMethodsAsync(new ListMethodsRequest(), cancellationToken: cancellation);
        var names = models.Select(model => model.Name).ToList();
        var serving = await Task.WhenAll(names.Select(name => HealthOf(channel, name, cancellation)));
        var ready = names.Where((_, index) => serving[index]).ToFrozenSet(StringComparer.Ordinal);

        // Its service serves once every model does; a call for one that does already need not wait for the others.
        var isServing = ready.Count > 0 || await HealthOf(channel, ExplainerService.Descriptor.FullName, cancellation);
        return before with { IsReached = true, IsServing = isServing, Models = models, Ready = ready, Methods = methods.Methods };
    }

    [LoggerMessage(LogLevel.Warning, "destination {Destination} of cluster {Cluster} cannot be asked: {Fault}")]
    private partial void LogUnreached(string destination, string cluster, string fault);
}
