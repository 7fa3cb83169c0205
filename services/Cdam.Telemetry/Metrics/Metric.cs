namespace Cdam.Telemetry.Metrics;

/// <summary>What a host measures, under the names that it has by OTLP and for Prometheus.</summary>
/// <param name="Name">OpenTelemetry's name, with dots.</param>
/// <param name="Kind">How it behaves.</param>
/// <param name="Unit">In UCUM: <c>s</c>, <c>By</c>, or <c>{things}</c> for counts.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Labels">Its attributes, with dots.</param>
public sealed record Metric(string Name, MetricKind Kind, string Unit, string Description, params string[] Labels)
{
    /// <summary>The name at <c>/metrics</c>; of a histogram without <c>_bucket</c>, <c>_count</c> and <c>_sum</c>.</summary>
    public string PrometheusName
    {
        get
        {
            var name = Name.Replace('.', '_') + Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
            return Kind == MetricKind.Counter ? name + "_total" : name;
        }
    }
}
