using Cdam.Gateway.Catalogue;
using Cdam.Gateway.Hosting;
using Cdam.Gateway.Pools;
using Cdam.Gateway.Routing;
using Cdam.V1;
using Cdam.V1.Errors;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Model;

namespace Cdam.Gateway.Concepts.Latents;

/// <summary>Finds explainers for the gateway's own calls, where a client's call of the same model would go.</summary>
internal sealed class ModelConnections(PoolChoice choice, ModelDirectory directory, IOptions<GatewayOptions> options)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Connects to the least busy explainer that answers.</summary>
    /// <param name="model"><c>models/{id}</c>.</param>
    /// <exception cref="RpcException">NOT_FOUND if no pool has the model, UNAVAILABLE if none of its explainers can be reached.</exception>
    internal async Task<ModelConnection> OpenAsync(string model, CancellationToken cancellation)
    {
        var place = await choice.ChooseAsync(model, cancellation) ?? throw Unknown(model);
        var fault = WireStatus.Unavailable($"Pool '{place.Pool.ClusterId}' has no destination that serves {model} now.", RetryAfter, "NO_DESTINATION")
            .ToRpcException();
        foreach (var destination in place.Destinations.OrderBy(destination => destination.ConcurrentRequestCount).Take(options.Value.MaxAttempts))
        {
            try
            {
                return await OpenAsync(place.Pool, destination, model, cancellation);
            }
            catch (RpcException lost)
            {
                cancellation.ThrowIfCancellationRequested();
                fault = EmbedFault.PassOn(lost, place.Pool.ClusterId);
            }
        }

        throw fault;
    }

    private async Task<ModelConnection> OpenAsync(ClusterState pool, DestinationState destination, string model, CancellationToken cancellation)
    {
        var channel = GrpcChannel.ForAddress(
            destination.Model.Config.Address, new GrpcChannelOptions { HttpHandler = new InvokerHandler(pool.Model.HttpClient) });
        try
        {
            var answer = await new ExplainerService.ExplainerServiceClient(channel).GetModelAsync(
                new GetModelRequest { Name = model }, deadline: DateTime.UtcNow + options.Value.InquiryTimeout, cancellationToken: cancellation);
            return new ModelConnection(channel, answer.Model, pool.ClusterId);
        }
        catch
        {
            channel.Dispose();
            throw;
        }
    }

    private RpcException Unknown(string model)
    {
        var answers = directory.Reports.Where(report => report.Pool != PoolSet.Evaluators).ToLookup(report => report.Pool, report => report.IsReached);
        var missing = answers.Where(pool => !pool.Any(isReached => isReached)).Select(pool => pool.Key).ToList();
        return answers.Count == 0
            ? WireStatus.Unavailable("No pool of explainers has a destination.", RetryAfter, "NO_DESTINATION").ToRpcException()
            : RoutingFault.Unknown(model, [.. answers.Select(pool => pool.Key).Except(missing)], missing).ToRpcException();
    }
}
