using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cdam.Evaluator.Telemetry;
using Cdam.Explainer.Telemetry;
using Cdam.Gateway.Telemetry;
using Cdam.Kubernetes.Tests.CustomKinds;
using Cdam.Kubernetes.Tests.Rendering;
using Cdam.Telemetry.Metrics;
using k8s.Models;

namespace Cdam.Kubernetes.Tests.Rules;

/// <summary>Every metric and label that somebody asks Prometheus for is one that a host has.</summary>
internal static partial class MetricRule
{
    /// <summary>What Prometheus itself and the Prometheus operator put on every series.</summary>
    private static readonly string[] TargetLabels = ["namespace", "pod", "container", "service", "job", "instance", "le"];

    private static readonly Dictionary<string, Metric> Known = StandardMetrics.All.Concat(GatewayMetrics.All).Concat(ExplainerMetrics.All).Concat(EvaluatorMetrics.All)
        .SelectMany(metric => Series(metric).Select(name => (name, metric))).ToDictionary(pair => pair.name, pair => pair.metric);

    public static IEnumerable<string> Faults(Manifests manifests) => Queries(manifests).SelectMany(query => OfQuery(query.Text).Select(fault => $"{query.Of}: {fault}"))
        .Concat(manifests.All<V2HorizontalPodAutoscaler>().SelectMany(scaler => scaler.Spec.Metrics.Select(metric => metric.Pods?.Metric.Name)
            .Where(name => name is null || !Offered(manifests).Contains(name))
            .Select(name => $"HorizontalPodAutoscaler {scaler.Metadata.Name}: the adapter's rules do not offer {name}")))
        .Concat(manifests.All<PrometheusRule>().SelectMany(rule => rule.Spec.Groups.SelectMany(group => group.Rules)).SelectMany(Annotations));

    private static IEnumerable<(string Of, string Text)> Queries(Manifests manifests) =>
        manifests.All<PrometheusRule>().SelectMany(rule => rule.Spec.Groups).SelectMany(group => group.Rules).Select(rule => ($"alert {rule.Alert}", rule.Expr))
            .Concat(manifests.All<ScaledObject>().SelectMany(scaler => scaler.Spec.Triggers.Select(trigger => ($"ScaledObject {scaler.Metadata.Name}", trigger.Metadata["query"]))))
            .Concat(Dashboards(manifests).SelectMany(dashboard => dashboard["panels"]!.AsArray()).SelectMany(panel => panel!["targets"]!.AsArray()
                .Select(target => ($"panel {panel["title"]}", target!["expr"]!.GetValue<string>()))))
            .Concat(AdapterRules(manifests).SelectMany(text => SeriesQuery().Matches(text)).Select(match => ("the adapter's rules", match.Groups["query"].Value)));

    private static IEnumerable<string> OfQuery(string query)
    {
        var names = MetricName().Matches(query).Select(match => match.Value).Distinct().ToList();
        var unknown = names.Where(name => !Known.ContainsKey(name)).Select(name => $"no host has the metric {name}");
        var labels = names.Where(Known.ContainsKey).SelectMany(name => Known[name].Labels).Select(label => label.Replace('.', '_')).Concat(TargetLabels).ToHashSet();
        return unknown
            .Concat(names.Count == 0 ? [$"no metric is asked for in {query}"] : [])
            .Concat(LabelsOf(query).Where(label => !labels.Contains(label)).Select(label => $"{string.Join(", ", names)} has no label {label}"));
    }

    /// <summary>Of <c>by (…)</c> and of the selectors in braces.</summary>
    private static IEnumerable<string> LabelsOf(string query) =>
        Grouping().Matches(query).SelectMany(match => match.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries))
            .Concat(Matcher().Matches(query).Select(match => match.Groups["label"].Value)).Distinct();

    private static IEnumerable<string> Annotations(PrometheusRule.Rule rule)
    {
        var kept = Grouping().Match(rule.Expr).Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries);
        foreach (var label in rule.Annotations.Values.SelectMany(text => Mention().Matches(text)).Select(match => match.Groups["label"].Value).Except(kept))
        {
            yield return $"alert {rule.Alert} mentions the label {label}, which its expression drops";
        }

        if (rule.For.Length == 0 || !rule.Labels.ContainsKey("severity") || !rule.Annotations.ContainsKey("summary"))
        {
            yield return $"alert {rule.Alert} must say for how long, how severe and what it means";
        }
    }

    private static IEnumerable<string> Series(Metric metric) => metric.Kind == MetricKind.Histogram
        ? new[] { "_bucket", "_sum", "_count" }.Select(suffix => metric.PrometheusName + suffix)
        : [metric.PrometheusName];

    private static IEnumerable<string> AdapterRules(Manifests manifests) => manifests.All<V1ConfigMap>()
        .Where(map => map.Metadata.Name == "cdam-prometheus-adapter").SelectMany(map => map.Data.Values);

    private static HashSet<string> Offered(Manifests manifests) =>
        AdapterRules(manifests).SelectMany(text => OfferedName().Matches(text)).Select(match => match.Groups["name"].Value).ToHashSet();

    private static IEnumerable<JsonNode> Dashboards(Manifests manifests) => manifests.All<V1ConfigMap>()
        .Where(map => map.Metadata.Labels?.ContainsKey("grafana_dashboard") == true).SelectMany(map => map.Data.Values).Select(text => JsonNode.Parse(text)!);

    [GeneratedRegex(@"\b(cdam|rpc|http|kestrel|dotnet)_[a-z0-9_]+\b(?=\s*[{\[)\s/>=]|$)")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"\bby\s*\((?<labels>[^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"[{,]\s*(?<label>[a-z_]+)\s*(=~|!~|!=|=)")]
    private static partial Regex Matcher();

    [GeneratedRegex(@"\$labels\.(?<label>[a-z_]+)")]
    private static partial Regex Mention();

    [GeneratedRegex("seriesQuery: '(?<query>[^']+)'")]
    private static partial Regex SeriesQuery();

    [GeneratedRegex("as: \"(?<name>[^\"]+)\"")]
    private static partial Regex OfferedName();
}
