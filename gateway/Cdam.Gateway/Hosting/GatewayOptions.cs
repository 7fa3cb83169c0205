using Cdam.Gateway.Catalogue;
using Cdam.V1.Limits;

namespace Cdam.Gateway.Hosting;

/// <summary>Section <c>Gateway</c> of the configuration.</summary>
public sealed class GatewayOptions
{
    public const string Section = "Gateway";

    /// <summary>
    /// Where the gateway listens: <c>http</c> (HTTP/2 without TLS) or, with <c>Gateway:Tls:CertificateFile</c>, <c>https</c>; port 0 for a
    /// free one. Default <c>http://127.0.0.1:8000</c>. Other addresses than loopback need <c>Gateway:Access</c>.
    /// </summary>
    public string Listen { get; set; } = "http://127.0.0.1:8000";

    /// <summary>
    /// Where it listens for what is not gRPC, HTTP/1.1 without TLS (with it, as <see cref="Listen"/>, both versions): JSON, gRPC-Web,
    /// OpenAPI and health pages. Default <c>http://127.0.0.1:8080</c>; empty for nowhere.
    /// </summary>
    public string ListenHttp { get; set; } = "http://127.0.0.1:8080";

    /// <summary>The largest message of a client in bytes, 64 KiB to 1 GiB. Default 64 MiB, as explainers' and evaluators'.</summary>
    public int MaxMessageBytes { get; set; } = WireLimits.MessageBytes;

    /// <summary>
    /// Bytes of a first message that are searched for its model, 1 KiB to 4 MiB. Default 1 MiB. Encoders put the model first; only a
    /// message with other fields before it needs as much.
    /// </summary>
    public int PeekBytes { get; set; } = 1 << 20;

    /// <summary>
    /// How long a call without <c>cdam-model</c> may take to send its first message where there are several pools, 10 ms to 1 h. Default 10 s.
    /// </summary>
    public TimeSpan FirstMessageTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Pause between two rounds of questions to the destinations (health, models), 100 ms to 1 h. Default 5 s.</summary>
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a destination may take to answer them, 100 ms to 1 min. Default 3 s.</summary>
    public TimeSpan InquiryTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often files of keys, certificates and authorities are looked at for changes, 100 ms to 1 h. Default 2 s.</summary>
    public TimeSpan FileRefresh { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How often host names of destinations are resolved, each address then being a destination, 1 s to 1 h. Default null: never, a host
    /// is one destination.
    /// </summary>
    public TimeSpan? DnsRefresh { get; set; }

    /// <summary>Destinations that a unary call of an explainer is sent to, one after another, where they fail, 1 to 10. Default 3; 1 never retries.</summary>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Bytes of a request that are kept for another attempt, 0 to 64 MiB. Default 4 MiB; longer requests are not sent again.</summary>
    public int ReplayBytes { get; set; } = 4 << 20;

    /// <summary>Calls in a row that must fail before a destination is left out for a while, 1 to 1000. Default 3.</summary>
    public int FailuresInARow { get; set; } = 3;

    /// <summary>What browsers' pages of other origins may do. Default nothing.</summary>
    public CorsSettings Cors { get; } = new();

    /// <summary>By the name of the cluster in <c>ReverseProxy:Clusters</c>. Default none: pools are asked what they have.</summary>
    public Dictionary<string, PoolOptions> Pools { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The pools that a model is pinned to; empty where it is to be found by asking.</summary>
    internal IReadOnlyCollection<string> PinnedPools(string model) =>
        [.. Pools.Where(pool => pool.Value.Models.Any(pinned => ModelName.Of(pinned) == model)).Select(pool => pool.Key)];
}
