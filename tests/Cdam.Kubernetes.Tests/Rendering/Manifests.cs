using Cdam.Kubernetes.Tests.CustomKinds;
using k8s;
using k8s.Models;

namespace Cdam.Kubernetes.Tests.Rendering;

/// <summary>Rendered manifests. A field that its kind does not have, or a kind that nobody here knows, is an exception.</summary>
internal sealed class Manifests
{
    private static readonly Dictionary<string, Type> Custom = new()
    {
        ["cert-manager.io/v1/Certificate"] = typeof(Certificate),
        ["gateway.networking.k8s.io/v1/BackendTLSPolicy"] = typeof(BackendTlsPolicy),
        ["gateway.networking.k8s.io/v1/GRPCRoute"] = typeof(Route),
        ["gateway.networking.k8s.io/v1/HTTPRoute"] = typeof(Route),
        ["keda.sh/v1alpha1/ScaledObject"] = typeof(ScaledObject),
        ["monitoring.coreos.com/v1/PrometheusRule"] = typeof(PrometheusRule),
        ["monitoring.coreos.com/v1/ServiceMonitor"] = typeof(ServiceMonitor),
        ["postgresql.cnpg.io/v1/Cluster"] = typeof(PostgresCluster),
    };

    private readonly IReadOnlyList<object> _objects;

    private Manifests(IReadOnlyList<object> objects)
    {
        _objects = objects;
        Workloads =
        [
            .. All<V1Deployment>().Select(deployment => new Workload(
                "Deployment", deployment.Metadata.Name, deployment.Spec.Template.Metadata.Labels, deployment.Spec.Template.Spec, deployment.Spec)),
            .. All<V1Job>().Select(job => new Workload("Job", job.Metadata.Name, job.Spec.Template.Metadata.Labels, job.Spec.Template.Spec, null)),
        ];
    }

    /// <summary>Everything that runs pods and is not an operator's.</summary>
    public IReadOnlyList<Workload> Workloads { get; }

    /// <exception cref="YamlDotNet.Core.YamlException">A field is unknown or of another type.</exception>
    public static Manifests Read(string text) => new([.. KubernetesYaml.LoadAllFromString(text, Custom, strict: true)]);

    public IEnumerable<T> All<T>() => _objects.OfType<T>();

    public T Named<T>(string name)
        where T : IKubernetesObject<V1ObjectMeta> => All<T>().Single(item => item.Metadata.Name == name);

    /// <summary>What a container's process finds in its environment; null for what only a cluster knows.</summary>
    public IReadOnlyDictionary<string, string?> EnvironmentOf(V1Container container)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var source in container.EnvFrom ?? [])
        {
            foreach (var (name, value) in DataOf(source.ConfigMapRef.Name))
            {
                variables[name] = value;
            }
        }

        foreach (var variable in container.Env ?? [])
        {
            variables[variable.Name] = variable.ValueFrom?.ConfigMapKeyRef is { } reference
                ? DataOf(reference.Name).FirstOrDefault(pair => pair.Key == reference.Key).Value
                : variable.ValueFrom is null ? variable.Value : null;
        }

        return variables;
    }

    /// <summary>Nothing of a ConfigMap that is not there.</summary>
    private IEnumerable<KeyValuePair<string, string>> DataOf(string map) =>
        All<V1ConfigMap>().Where(item => item.Metadata.Name == map).SelectMany(item => item.Data);
}
