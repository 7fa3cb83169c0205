using k8s;
using k8s.Models;

namespace Cdam.Kubernetes.Tests.CustomKinds;

/// <summary>
/// A kind that an operator brings. The types here have the fields that the manifests use, under the names that the operators' references give;
/// reading is strict, so that a misspelt one is found.
/// </summary>
/// <typeparam name="TSpec">Its specification.</typeparam>
public abstract class CustomObject<TSpec> : IKubernetesObject<V1ObjectMeta>
    where TSpec : new()
{
    public string ApiVersion { get; set; } = "";

    public string Kind { get; set; } = "";

    public V1ObjectMeta Metadata { get; set; } = new();

    public TSpec Spec { get; set; } = new();
}
