namespace Cdam.Gateway.Hosting;

/// <summary>Section <c>Gateway</c> of the configuration.</summary>
public sealed class GatewayOptions
{
    public const string Section = "Gateway";

    /// <summary>Where the gateway listens, HTTP/2 without TLS. Default <c>http://127.0.0.1:8000</c>; any <c>http</c> address, port 0 for a free one.</summary>
    public string Listen { get; set; } = "http://127.0.0.1:8000";
}
