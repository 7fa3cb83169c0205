using Cdam.Explainer.Configuration;
using Grpc.Core;

namespace Cdam.Explainer.Streams;

/// <summary>Makes <see cref="DuplexCall{TRequest,TResponse}"/>s with this server's limits.</summary>
internal sealed class DuplexCallFactory(ExplainerOptions options, IHostApplicationLifetime lifetime, TimeProvider time)
{
    public DuplexCall<TRequest, TResponse> Create<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requests, IServerStreamWriter<TResponse> responses, ServerCallContext context)
        where TRequest : class
        where TResponse : class =>
        new(requests, responses, context, options, time, lifetime.ApplicationStopping);
}
