using Cdam.Kubernetes.Tests.CustomKinds;
using Cdam.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace Cdam.Kubernetes.Tests.Rules;

/// <summary>Whatever is referred to is there, is made by an operator, or is what the README has commands for.</summary>
internal static class ReferenceRule
{
    public static IEnumerable<string> Faults(Manifests manifests)
    {
        var secrets = Secrets(manifests);
        return manifests.Workloads.SelectMany(workload => OfWorkload(workload, manifests, secrets).Select(fault => $"{workload}: {fault}"))
            .Concat(manifests.All<ServiceMonitor>().SelectMany(monitor => OfMonitor(monitor, manifests, secrets)))
            .Concat(Scaled(manifests).SelectMany(target => OfScaled(target.By, target.Name, manifests)))
            .Concat(manifests.All<Route>().SelectMany(route => route.Spec.Rules.SelectMany(rule => rule.BackendRefs)
                .Where(backend => !HasPort(manifests, backend.Name, port => port.Port == backend.Port))
                .Select(backend => $"{route.Kind} {route.Metadata.Name}: there is no service {backend.Name} with port {backend.Port}")))
            .Concat(manifests.All<BackendTlsPolicy>().SelectMany(policy => OfTlsPolicy(policy, manifests)));
    }

    /// <summary>Keys of each secret; of those that operators make, too.</summary>
    private static Dictionary<string, IReadOnlySet<string>> Secrets(Manifests manifests)
    {
        var secrets = OperatorsReadme.Secrets.ToDictionary();
        foreach (var certificate in manifests.All<Certificate>())
        {
            secrets[certificate.Spec.SecretName] = new HashSet<string> { "tls.crt", "tls.key", "ca.crt" };
        }

        foreach (var cluster in manifests.All<PostgresCluster>())
        {
            secrets[$"{cluster.Metadata.Name}-app"] = new HashSet<string> { "username", "password", "dbname", "host", "port", "uri" };
            secrets[$"{cluster.Metadata.Name}-ca"] = new HashSet<string> { "ca.crt", "ca.key" };
        }

        return secrets;
    }

    private static IEnumerable<string> OfWorkload(Workload workload, Manifests manifests, Dictionary<string, IReadOnlySet<string>> secrets)
    {
        var pod = workload.Pod;
        var variables = workload.Containers.SelectMany(container => container.Env ?? []).Select(variable => variable.ValueFrom).OfType<V1EnvVarSource>().ToList();
        var volumes = pod.Volumes ?? [];
        var maps = workload.Containers.SelectMany(container => container.EnvFrom ?? []).Select(source => source.ConfigMapRef.Name)
            .Concat(variables.Select(variable => variable.ConfigMapKeyRef?.Name).OfType<string>());
        var keys = variables.Where(variable => variable.SecretKeyRef is not null).Select(variable => (variable.SecretKeyRef.Name, variable.SecretKeyRef.Key))
            .Concat(volumes.Where(volume => volume.Secret is not null).SelectMany(volume => FileRule.KeysOf(workload, volume, manifests)
                .Select(key => (Name: volume.Secret.SecretName, Key: key))));
        return Missing("ConfigMap", maps, manifests.All<V1ConfigMap>().Select(map => map.Metadata.Name))
            .Concat(Missing("ServiceAccount", pod.ServiceAccountName is { } account ? [account] : [], manifests.All<V1ServiceAccount>().Select(item => item.Metadata.Name)))
            .Concat(Missing(
                "PersistentVolumeClaim", volumes.Select(volume => volume.PersistentVolumeClaim?.ClaimName).OfType<string>(),
                manifests.All<V1PersistentVolumeClaim>().Select(claim => claim.Metadata.Name)))
            .Concat(keys.Where(key => !(secrets.TryGetValue(key.Name, out var known) && known.Contains(key.Key)))
                .Select(key => $"nobody makes the key {key.Key} of Secret {key.Name}"));
    }

    private static IEnumerable<string> OfMonitor(ServiceMonitor monitor, Manifests manifests, Dictionary<string, IReadOnlySet<string>> secrets)
    {
        foreach (var endpoint in monitor.Spec.Endpoints)
        {
            var services = manifests.All<V1Service>().Where(service => Selection.Selects(monitor.Spec.Selector, service.Metadata.Labels));
            foreach (var service in services.Where(service => service.Spec.Ports.All(port => port.Name != endpoint.Port)))
            {
                yield return $"ServiceMonitor {monitor.Metadata.Name}: Service {service.Metadata.Name} has no port {endpoint.Port}";
            }

            if (endpoint.Authorization?.Credentials is { } key && !(secrets.TryGetValue(key.Name, out var keys) && keys.Contains(key.Key)))
            {
                yield return $"ServiceMonitor {monitor.Metadata.Name}: nobody makes the key {key.Key} of Secret {key.Name}";
            }
        }
    }

    private static IEnumerable<(string By, string Name)> Scaled(Manifests manifests) =>
        manifests.All<V2HorizontalPodAutoscaler>().Select(scaler => ($"HorizontalPodAutoscaler {scaler.Metadata.Name}", scaler.Spec.ScaleTargetRef.Name))
            .Concat(manifests.All<ScaledObject>().Select(scaler => ($"ScaledObject {scaler.Metadata.Name}", scaler.Spec.ScaleTargetRef.Name)));

    private static IEnumerable<string> OfScaled(string by, string name, Manifests manifests)
    {
        var target = manifests.Workloads.FirstOrDefault(workload => workload.Deployment is not null && workload.Name == name);
        return target is null ? [$"{by}: there is no Deployment {name}"]
            : target.Deployment!.Replicas is not null ? [$"{by}: each time that it is applied Deployment {name} would go back to {target.Deployment.Replicas} pods"]
            : [];
    }

    private static IEnumerable<string> OfTlsPolicy(BackendTlsPolicy policy, Manifests manifests) =>
        policy.Spec.TargetRefs.Where(target => !HasPort(manifests, target.Name, port => port.Name == target.SectionName))
            .Select(target => $"BackendTLSPolicy {policy.Metadata.Name}: there is no service {target.Name} with port {target.SectionName}")
            .Concat(policy.Spec.Validation.CaCertificateRefs.Where(map => !OperatorsReadme.ConfigMaps.Contains(map.Name))
                .Select(map => $"BackendTLSPolicy {policy.Metadata.Name}: nobody makes ConfigMap {map.Name}"));

    private static bool HasPort(Manifests manifests, string service, Func<V1ServicePort, bool> isIt) =>
        manifests.All<V1Service>().Any(item => item.Metadata.Name == service && item.Spec.Ports.Any(isIt));

    private static IEnumerable<string> Missing(string kind, IEnumerable<string> wanted, IEnumerable<string> there) =>
        wanted.Except(there).Select(name => $"there is no {kind} {name}");
}
