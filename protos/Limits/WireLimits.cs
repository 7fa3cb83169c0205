namespace Cdam.V1.Limits;

/// <summary>
/// What messages and images may weigh where the options say nothing else, and what connections carry: the same at gateway, explainer and
/// evaluator.
/// </summary>
public static class WireLimits
{
    /// <summary>The largest message in bytes: 64 MiB.</summary>
    public const int MessageBytes = 64 << 20;

    /// <summary>The least that the option for it may say: 64 KiB.</summary>
    public const int LeastMessageBytes = 64 << 10;

    /// <summary>The most that the option for it may say: 1 GiB. Clients accept answers of that size; the servers limit them.</summary>
    public const int MostMessageBytes = 1 << 30;

    /// <summary>The largest encoded image in bytes: 32 MiB, so that a message holds one beside its other fields.</summary>
    public const int ImageBytes = 32 << 20;

    /// <summary>The largest encoded image in pixels, width × height: 64 million.</summary>
    public const int ImagePixels = 64_000_000;

    /// <summary>
    /// Streams of one connection: 10,000. SocketsHttpHandler, which these services call each other with, opens another connection when one has
    /// no stream left, and stops pinging the full one: the calls on it would not notice that the machine has vanished.
    /// </summary>
    public const int StreamsPerConnection = 10_000;

    /// <summary>Bytes that may be under way in a stream to a service behind the gateway: 1 MiB, which is good for 40 MB/s over 25 ms.</summary>
    public const int InnerStreamWindow = 1 << 20;

    /// <summary>
    /// The same of a connection: 1 GiB. All clients of a gateway share its connection to a service, whose window is taken by what the streams
    /// hold that are not read yet: a thousand such streams stop the others.
    /// </summary>
    public const int InnerConnectionWindow = 1 << 30;
}
