using System.Globalization;
using Cdam.Kubernetes.Tests.Rendering;
using k8s.Models;
using Microsoft.Extensions.Hosting;

namespace Cdam.Kubernetes.Tests.Rules;

/// <summary>
/// Pods that end: nobody sends them calls any more when they stop listening, and what they are at work on may finish before they are killed.
/// </summary>
internal static class DrainRule
{
    /// <summary>CoreDNS as kubeadm and kind set it up: `cache 30`.</summary>
    private static readonly TimeSpan DnsCache = TimeSpan.FromSeconds(30);

    /// <summary>Of a host that says nothing else.</summary>
    private static readonly TimeSpan HostTimeout = new HostOptions().ShutdownTimeout;

    public static IEnumerable<string> Faults(Manifests manifests) => manifests.Workloads.Where(workload => workload.Deployment is not null)
        .SelectMany(workload => OfPod(workload, manifests).Concat(Strategy(workload, manifests)).Select(fault => $"{workload}: {fault}"));

    private static IEnumerable<string> OfPod(Workload workload, Manifests manifests)
    {
        var container = workload.Pod.Containers.Single();
        var pause = TimeSpan.FromSeconds(container.Lifecycle?.PreStop?.Sleep?.Seconds ?? 0);
        var variables = manifests.EnvironmentOf(container);
        var timeout = variables.FirstOrDefault(variable => variable.Key.EndsWith("__ShutdownTimeout", StringComparison.Ordinal)).Value is { } text
            ? TimeSpan.Parse(text, CultureInfo.InvariantCulture)
            : HostTimeout;
        var grace = TimeSpan.FromSeconds(workload.Pod.TerminationGracePeriodSeconds ?? 30);
        if (grace <= pause + timeout)
        {
            yield return $"terminationGracePeriodSeconds ({grace}) must be more than preStop ({pause}) and the host's time to finish ({timeout})";
        }

        // Whoever finds pods by name asks the DNS anew; services with an address of their own are kube-proxy's, who hears of it in seconds.
        var isHeadless = manifests.All<V1Service>().Any(service => service.Spec.ClusterIP == "None" && Selection.Selects(service.Spec.Selector, workload.Labels));
        var news = isHeadless ? DnsCache + DnsRefresh(manifests) : TimeSpan.FromSeconds(5);
        if (pause < news)
        {
            yield return $"preStop ({pause}) must last until nobody sends anything here any more ({news})";
        }
    }

    /// <summary>A volume of one node cannot go over to a new pod before the old one is gone.</summary>
    private static IEnumerable<string> Strategy(Workload workload, Manifests manifests)
    {
        var single = (workload.Pod.Volumes ?? []).Select(volume => volume.PersistentVolumeClaim?.ClaimName).OfType<string>()
            .Where(claim => manifests.Named<V1PersistentVolumeClaim>(claim).Spec.AccessModes.Contains("ReadWriteOnce"));
        return single.Any() && workload.Deployment is not { Replicas: 1, Strategy.Type: "Recreate" }
            ? ["must be one pod, recreated: its volume is ReadWriteOnce"]
            : [];
    }

    private static TimeSpan DnsRefresh(Manifests manifests) => TimeSpan.Parse(
        manifests.EnvironmentOf(manifests.Named<V1Deployment>("gateway").Spec.Template.Spec.Containers.Single())["Gateway__DnsRefresh"]!, CultureInfo.InvariantCulture);
}
