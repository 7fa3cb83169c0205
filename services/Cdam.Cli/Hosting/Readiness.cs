using Cdam.V1.Clients;
using Grpc.Core;
using Grpc.Health.V1;

namespace Cdam.Cli.Hosting;

/// <summary>Waits until a service says by grpc.health.v1 that it serves: models are loaded and warm then.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(5);

    /// <param name="address">Where the service listens.</param>
    /// <param name="name">The health name; empty for the whole server.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="access">Null: no certificate is needed.</param>
    /// <exception cref="IOException">It did not come to serve.</exception>
    public static async Task Wait(string address, string name, CancellationToken cancellation, ClientAccess? access = null)
    {
        using var channel = ServerChannel.Open(address, access);
        var request = new HealthCheckRequest { Service = name };
        using var watch = new Health.HealthClient(channel).Watch(request, deadline: DateTime.UtcNow + Budget, cancellationToken: cancellation);
        await foreach (var answer in watch.ResponseStream.ReadAllAsync(cancellation))
        {
            if (answer.Status == HealthCheckResponse.Types.ServingStatus.Serving)
            {
                return;
            }
        }

        throw new IOException($"{address} ended its health stream before it served");
    }
}
