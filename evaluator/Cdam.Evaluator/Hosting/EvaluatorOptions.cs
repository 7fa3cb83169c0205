using Cdam.V1.Clients;
using Cdam.V1.Limits;

namespace Cdam.Evaluator.Hosting;

/// <summary>Section <c>Evaluator</c> of the configuration.</summary>
public sealed class EvaluatorOptions : GatewayClientOptions
{
    public const string Section = "Evaluator";

    /// <summary>Where the evaluator listens, HTTP/2 without TLS. Default <c>http://127.0.0.1:8002</c>; any <c>http</c> address, port 0 for a free one.</summary>
    public string Listen { get; set; } = "http://127.0.0.1:8002";

    /// <summary>
    /// Where /metrics, /healthz/live and /healthz/ready are served, HTTP/1.1 without TLS; an address as for <see cref="Listen"/>. Default
    /// empty: nowhere.
    /// </summary>
    public string ListenHttp { get; set; } = "";

    /// <summary>Where explainers are reached, usually the gateway. Required; an <c>http</c> or <c>https</c> address.</summary>
    public string ExplainerAddress { get; set; } = "";

    /// <summary>Largest message that is accepted from clients and from the explainer, in bytes. Default 64 MiB; 64 KiB to 1 GiB.</summary>
    public int MaxMessageBytes { get; set; } = WireLimits.MessageBytes;

    /// <summary>Largest encoded image that is accepted, in bytes. Default 32 MiB; 1 KiB to <see cref="MaxMessageBytes"/>.</summary>
    public int MaxImageBytes { get; set; } = WireLimits.ImageBytes;

    /// <summary>Images evaluated at a time; further calls are refused with a delay to retry after. Default 2; 1 to 1000.</summary>
    public int MaxConcurrentEvaluations { get; set; } = 2;
}
