using Cdam.V1;
using Grpc.Net.Client;

namespace Cdam.Gateway.Concepts.Latents;

/// <summary>A way to one explainer that has a model: latents of one concept must all come from the same checkpoint.</summary>
/// <param name="channel">To that explainer; disposed with this.</param>
/// <param name="model">As that explainer describes it.</param>
/// <param name="pool">The explainer's cluster.</param>
internal sealed class ModelConnection(GrpcChannel channel, Model model, string pool) : IDisposable
{
    internal Model Model => model;

    internal string Pool => pool;

    internal ExplainerService.ExplainerServiceClient Client { get; } = new(channel);

    public void Dispose() => channel.Dispose();
}
