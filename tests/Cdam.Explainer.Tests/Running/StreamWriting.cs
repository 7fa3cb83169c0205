using Grpc.Core;

namespace Cdam.Explainer.Tests.Running;

/// <summary>Sends on calls that the server may end in between; how it ended is then told by reading.</summary>
internal static class StreamWriting
{
    public static async Task SendAllAsync<T>(this IClientStreamWriter<T> requests, params IEnumerable<T> messages)
    {
        try
        {
            foreach (var message in messages)
            {
                await requests.WriteAsync(message);
            }

            await requests.CompleteAsync();
        }
        catch (Exception)
        {
            // The server has ended the call.
        }
    }
}
