using System.Text.RegularExpressions;
using Cdam.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace Cdam.Kubernetes.Tests.Rules;

/// <summary>Ports and schemes agree: what hosts are told to listen at, containers' ports, probes, services and addresses.</summary>
internal static partial class PortRule
{
    public static IEnumerable<string> Faults(Manifests manifests) =>
        manifests.Workloads.SelectMany(workload => workload.Pod.Containers.SelectMany(container =>
                Listening(container, manifests).Concat(Probes(container, manifests)).Concat(Addresses(container, manifests)))
            .Select(fault => $"{workload}: {fault}"))
            .Concat(manifests.All<V1Service>().SelectMany(service => OfService(service, manifests)));

    private static IEnumerable<string> Listening(V1Container container, Manifests manifests)
    {
        foreach (var (option, value) in manifests.EnvironmentOf(container))
        {
            var wanted = option.EndsWith("__Listen", StringComparison.Ordinal) ? ["grpc"]
                : option.EndsWith("__ListenHttp", StringComparison.Ordinal) ? new[] { "http", "metrics" } : [];
            if (wanted.Length > 0 && !Ports(container).Any(port => wanted.Contains(port.Name) && port.ContainerPort == PortOf(value!)))
            {
                yield return $"{option} ({value}) must be the container's port {string.Join(" or ", wanted)}";
            }
        }
    }

    private static IEnumerable<string> Probes(V1Container container, Manifests manifests)
    {
        var variables = manifests.EnvironmentOf(container);
        string? Address(string option) => variables.FirstOrDefault(variable => variable.Key.EndsWith(option, StringComparison.Ordinal)).Value;
        foreach (var probe in new[] { container.StartupProbe, container.ReadinessProbe, container.LivenessProbe }.OfType<V1Probe>())
        {
            if (probe.Grpc is { } grpc && Address("__Listen") is var listen && (listen is null || PortOf(listen) != grpc.Port || !IsPlain(listen)))
            {
                yield return $"a probe asks gRPC without TLS at {grpc.Port}, where {listen} listens";
            }

            if (probe.HttpGet is { } page)
            {
                var port = Ports(container).FirstOrDefault(port => port.Name == page.Port.Value)?.ContainerPort;
                var http = Address("__ListenHttp");
                if (http is null || port != PortOf(http) || !IsPlain(http))
                {
                    yield return $"a probe asks HTTP at {page.Port.Value} ({port}), where {http} listens";
                }

                if (page.Path is not ("/healthz/live" or "/healthz/ready"))
                {
                    yield return $"a probe asks for {page.Path}, which no host has";
                }
            }
        }
    }

    /// <summary>Settings that name a service of ours.</summary>
    private static IEnumerable<string> Addresses(V1Container container, Manifests manifests)
    {
        foreach (var (option, value) in manifests.EnvironmentOf(container))
        {
            if (Address().Match(value ?? "") is not { Success: true } address || option.Contains("__Listen", StringComparison.Ordinal))
            {
                continue;
            }

            var service = manifests.All<V1Service>().FirstOrDefault(service => service.Metadata.Name == address.Groups["host"].Value);
            var port = service?.Spec.Ports.FirstOrDefault(port => port.Port == PortOf(value!));
            if (port is null)
            {
                yield return $"{option} ({value}) must be the address of a service";
            }
            else if (!manifests.Workloads.Where(workload => Selection.Selects(service!.Spec.Selector, workload.Labels))
                .SelectMany(workload => workload.Pod.Containers).SelectMany(manifests.EnvironmentOf)
                .Any(setting => setting.Key.Contains("__Listen", StringComparison.Ordinal) && PortOf(setting.Value!) == PortOf(value!)
                    && setting.Value!.StartsWith(address.Groups["scheme"].Value + "://", StringComparison.Ordinal)))
            {
                yield return $"{option} ({value}) must have the scheme that is spoken there";
            }
        }
    }

    private static IEnumerable<string> OfService(V1Service service, Manifests manifests)
    {
        var pods = manifests.Workloads.Where(workload => Selection.Selects(service.Spec.Selector, workload.Labels)).ToList();
        foreach (var port in service.Spec.Ports)
        {
            var targets = pods.SelectMany(pod => pod.Ports).Where(target => target.Name == port.TargetPort?.Value).ToList();
            if (targets is not [var target] || target.ContainerPort != port.Port)
            {
                yield return $"Service {service.Metadata.Name}: port {port.Name} ({port.Port}) must be its pods' port {port.TargetPort?.Value}";
            }

            var isTls = pods.SelectMany(pod => pod.Pod.Containers).SelectMany(manifests.EnvironmentOf).Any(setting =>
                setting.Key.Contains("__Listen", StringComparison.Ordinal) && PortOf(setting.Value!) == port.Port && !IsPlain(setting.Value!));
            var spoken = isTls ? "https" : port.Name == "grpc" ? "kubernetes.io/h2c" : "http";
            if (port.AppProtocol != spoken)
            {
                yield return $"Service {service.Metadata.Name}: port {port.Name} must have the appProtocol {spoken}";
            }
        }
    }

    private static IEnumerable<V1ContainerPort> Ports(V1Container container) => container.Ports ?? [];

    private static int? PortOf(string address) => Address().Match(address) is { Success: true } match ? int.Parse(match.Groups["port"].Value, null) : null;

    private static bool IsPlain(string address) => address.StartsWith("http://", StringComparison.Ordinal);

    [GeneratedRegex("^(?<scheme>https?)://(?<host>[^:/]+):(?<port>[0-9]+)$")]
    private static partial Regex Address();
}
