using Cdam.Kubernetes.Tests.CustomKinds;
using Cdam.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace Cdam.Kubernetes.Tests.Rules;

/// <summary>Every selector selects exactly what bears its object's name.</summary>
internal static class SelectorRule
{
    public static IEnumerable<string> Faults(Manifests manifests)
    {
        var deployments = manifests.Workloads.Where(workload => workload.Deployment is not null).ToList();
        return deployments.SelectMany(deployment => OfDeployment(deployment, manifests))
            .Concat(manifests.All<V1Service>().SelectMany(service => Only(
                $"Service {service.Metadata.Name}", service.Metadata.Name, manifests, labels => Selection.Selects(service.Spec.Selector, labels))))
            .Concat(manifests.All<V1PodDisruptionBudget>().SelectMany(budget => Only(
                $"PodDisruptionBudget {budget.Metadata.Name}", budget.Metadata.Name, manifests, labels => Selection.Selects(budget.Spec.Selector, labels))))
            .Concat(deployments.Select(deployment => deployment.Name).Except(manifests.All<V1PodDisruptionBudget>().Select(budget => budget.Metadata.Name))
                .Select(name => $"Deployment {name} has no PodDisruptionBudget"))
            .Concat(manifests.All<V1NetworkPolicy>().SelectMany(policy => OfPolicy(policy, manifests)))
            .Concat(manifests.All<ServiceMonitor>().Where(monitor => !manifests.All<V1Service>().Any(service => Selection.Selects(monitor.Spec.Selector, service.Metadata.Labels)))
                .Select(monitor => $"ServiceMonitor {monitor.Metadata.Name} selects no service"));
    }

    private static IEnumerable<string> OfDeployment(Workload deployment, Manifests manifests)
    {
        var spread = (deployment.Pod.TopologySpreadConstraints ?? []).Select(constraint => constraint.LabelSelector).ToList();
        return Only(deployment.ToString(), deployment.Name, manifests, labels => Selection.Selects(deployment.Deployment!.Selector, labels))
            .Concat(spread.SelectMany(selector => Only($"{deployment}'s spread", deployment.Name, manifests, labels => Selection.Selects(selector, labels))))
            .Concat(spread.Count > 0 ? [] : [$"{deployment} is not spread over nodes"]);
    }

    private static IEnumerable<string> OfPolicy(V1NetworkPolicy policy, Manifests manifests)
    {
        var pods = manifests.Workloads.Select(workload => workload.Labels)
            .Concat(manifests.All<PostgresCluster>().Select(cluster => new Dictionary<string, string> { [PostgresCluster.Label] = cluster.Metadata.Name }));
        return pods.Any(labels => Selection.Selects(policy.Spec.PodSelector, labels)) ? [] : [$"NetworkPolicy {policy.Metadata.Name} selects no pod"];
    }

    private static IEnumerable<string> Only(string what, string name, Manifests manifests, Func<IDictionary<string, string>, bool> selects)
    {
        var selected = manifests.Workloads.Where(workload => selects(workload.Labels)).Select(workload => workload.Name).ToList();
        return selected is [var only] && only == name ? [] : [$"{what} selects the pods of {(selected.Count == 0 ? "nothing" : string.Join(", ", selected))}"];
    }
}
