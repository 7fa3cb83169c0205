using Cdam.Gateway.Routing;
using Grpc.Core;

namespace Cdam.Gateway.Json;

/// <summary>Reads a request's body whole.</summary>
internal static class BodyBytes
{
    /// <param name="request">Its body.</param>
    /// <param name="most">The most bytes.</param>
    /// <param name="limit">As it is told: the largest message.</param>
    /// <exception cref="RpcException">It is larger (RESOURCE_EXHAUSTED).</exception>
    internal static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, long most, int limit)
    {
        if (request.ContentLength > most)
        {
            throw RoutingFault.TooLarge(request.ContentLength.Value, limit).ToRpcException();
        }

        var body = new MemoryStream((int)(request.ContentLength ?? 0));
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(request.HttpContext.RequestAborted);
            if (body.Length + read.Buffer.Length > most)
            {
                throw RoutingFault.TooLarge(body.Length + read.Buffer.Length, limit).ToRpcException();
            }

            foreach (var piece in read.Buffer)
            {
                body.Write(piece.Span);
            }

            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return body.GetBuffer().AsMemory(0, (int)body.Length);
            }
        }
    }
}
