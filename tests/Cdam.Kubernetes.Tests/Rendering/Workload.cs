using k8s.Models;

namespace Cdam.Kubernetes.Tests.Rendering;

/// <summary>Something that runs pods.</summary>
/// <param name="Kind">Deployment or Job.</param>
/// <param name="Name">Its name.</param>
/// <param name="Labels">Of its pods.</param>
/// <param name="Pod">What they run.</param>
/// <param name="Deployment">Null for a job.</param>
internal sealed record Workload(string Kind, string Name, IDictionary<string, string> Labels, V1PodSpec Pod, V1DeploymentSpec? Deployment)
{
    /// <summary>Those that run before the others, too.</summary>
    public IEnumerable<V1Container> Containers => (Pod.InitContainers ?? []).Concat(Pod.Containers);

    /// <summary>By number and name.</summary>
    public IEnumerable<V1ContainerPort> Ports => Pod.Containers.SelectMany(container => container.Ports ?? []);

    public override string ToString() => $"{Kind} {Name}";
}
