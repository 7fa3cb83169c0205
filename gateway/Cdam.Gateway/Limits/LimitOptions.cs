namespace Cdam.Gateway.Limits;

/// <summary>Section <c>Gateway:Limits</c> of the configuration: what one caller (key, token's subject, certificate or address) may take. Probes are not counted.</summary>
internal sealed class LimitOptions
{
    public const string Section = "Gateway:Limits";

    /// <summary>Calls a second, in the long run, 0.001 to 100000. Default null: any number.</summary>
    public double? CallsPerSecond { get; set; }

    /// <summary>Calls at once after a pause, 1 to 1000000. Default null: those of one second. Given together with <see cref="CallsPerSecond"/>.</summary>
    public int? Burst { get; set; }

    /// <summary>Calls under way at a time, unary ones and streams alike, 1 to 100000. Default null: any number.</summary>
    public int? ConcurrentStreams { get; set; }
}
