using Cdam.Evaluator.Telemetry;
using Cdam.Explainer.Telemetry;
using Cdam.Gateway.Telemetry;
using Cdam.Telemetry.Metrics;

namespace Cdam.System.Tests.Telemetry;

public sealed class MetricsDocumentTests
{
    [Fact]
    public void Document_OfAllMetrics_SaysWhatTheListsSay()
    {
        var document = File.ReadAllLines(Repository.PathOf("services", "Cdam.Telemetry", "METRICS.md"));
        var metrics = StandardMetrics.All.Concat(GatewayMetrics.All).Concat(ExplainerMetrics.All).Concat(EvaluatorMetrics.All);

        Assert.Equal(metrics.Select(Row), document.Where(line => line.StartsWith("| `", StringComparison.Ordinal)));
    }

    private static string Row(Metric metric) =>
        $"| `{metric.PrometheusName}` | `{metric.Name}` | {metric.Kind.ToString().ToLowerInvariant()} | {metric.Unit} " +
        $"| {string.Join(", ", metric.Labels.Select(label => label.Replace('.', '_')))} | {metric.Description} |";
}
