using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;

namespace Cdam.Gateway.Catalogue;

/// <summary>One name of a destination's grpc.health.v1.</summary>
internal static class DestinationHealthName
{
    /// <summary>Whether calls of that name can be sent there. A server without the service, or without the name, does not say no.</summary>
    /// <exception cref="RpcException">It cannot be asked.</exception>
    internal static async Task<bool> IsServingAsync(GrpcChannel channel, string name, CancellationToken cancellation)
    {
        try
        {
            var answer = await new Health.HealthClient(channel).CheckAsync(
                new HealthCheckRequest { Service = name }, cancellationToken: cancellation);
            return answer.Status != HealthCheckResponse.Types.ServingStatus.NotServing;
        }
        catch (RpcException fault) when (fault.StatusCode is StatusCode.Unimplemented or StatusCode.NotFound)
        {
            return true;
        }
    }
}
