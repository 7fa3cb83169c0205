using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Google.Protobuf;
using Microsoft.AspNetCore.Http.Features;

namespace Cdam.Gateway.InProcess;

/// <summary>A gRPC request of one message, in place of the one that a client sent in another form.</summary>
internal sealed class InnerRequest : IRequestBodyPipeFeature, IHttpRequestBodyDetectionFeature
{
    private const int PrefixLength = 5;

    // They say how the client's body is written, or what it wants back: neither is so of this call.
    private static readonly string[] NotOfThisCall = ["accept", "content-", "grpc-"];

    private static readonly HashSet<string> NotOfThisConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        "connection", "expect", "keep-alive", "proxy-connection", "te", "transfer-encoding", "upgrade", "x-grpc-web",
    };

    private InnerRequest(PipeReader reader) => Reader = reader;

    public PipeReader Reader { get; }

    public bool CanHaveBody => true;

    /// <summary>Puts the call in the place of the request.</summary>
    /// <param name="features">Of the inner call.</param>
    /// <param name="outer">The request as the client sent it; its headers but those of its body go along, <c>grpc-timeout</c> as well.</param>
    /// <param name="path">Of the method.</param>
    /// <param name="message">To send.</param>
    internal static void Set(IFeatureCollection features, HttpRequest outer, string path, IMessage message)
    {
        var frame = Frame(message);
        var body = new InnerRequest(PipeReader.Create(new ReadOnlySequence<byte>(frame)));
        features.Set<IRequestBodyPipeFeature>(body);
        features.Set<IHttpRequestBodyDetectionFeature>(body);
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            // gRPC is served in HTTP/2 only; here it means that there are trailers.
            Protocol = HttpProtocol.Http2,
            Scheme = outer.Scheme,
            Method = HttpMethods.Post,
            Path = path,
            RawTarget = path,
            Headers = Headers(outer.Headers, frame.Length),

            // One reader for both ways to the body: what one of them has looked at is still there for the other.
            Body = body.Reader.AsStream(),
        });
        features.Set<IQueryFeature>(new QueryFeature(features));
    }

    private static byte[] Frame(IMessage message)
    {
        var length = message.CalculateSize();
        var frame = new byte[PrefixLength + length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), length);
        message.WriteTo(frame.AsSpan(PrefixLength));
        return frame;
    }

    private static IHeaderDictionary Headers(IHeaderDictionary outer, int length)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        foreach (var (name, value) in outer.Where(header => header.Key.Equals("grpc-timeout", StringComparison.OrdinalIgnoreCase) || Stays(header.Key)))
        {
            headers[name] = value;
        }

        headers.ContentType = "application/grpc";
        headers.ContentLength = length;
        headers.TE = "trailers";
        return headers;
    }

    private static bool Stays(string name) =>
        !NotOfThisConnection.Contains(name) && !NotOfThisCall.Any(start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase));
}
