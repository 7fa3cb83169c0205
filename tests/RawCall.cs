using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace Cdam.Testing;

/// <summary>
/// A unary call whose client tells its deadline and does not keep it, so that the server is the one that ends it. gRPC's own clients
/// leave at the same moment. Compiled into the test projects that need it.
/// </summary>
internal static class RawCall
{
    /// <param name="address">The server's.</param>
    /// <param name="method"><c>package.Service/Method</c>.</param>
    /// <param name="request">The message.</param>
    /// <param name="timeout">As <c>grpc-timeout</c>, for example <c>300m</c>.</param>
    public static async Task SendAsync(string address, string method, IMessage request, string timeout)
    {
        var body = new byte[5 + request.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(1), request.CalculateSize());
        request.WriteTo(body.AsSpan(5));
        using var message = new HttpRequestMessage(HttpMethod.Post, $"{address}/{method}")
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new ByteArrayContent(body),
        };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        message.Headers.TE.ParseAdd("trailers");
        message.Headers.Add("grpc-timeout", timeout);
        using var client = new HttpClient();
        try
        {
            using var answer = await client.SendAsync(message, TestContext.Current.CancellationToken);
        }
        catch (HttpRequestException)
        {
            // The server resets a stream whose deadline has passed.
        }
    }
}
