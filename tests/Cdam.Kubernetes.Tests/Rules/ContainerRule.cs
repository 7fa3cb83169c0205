using Cdam.Kubernetes.Tests.CustomKinds;
using Cdam.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace Cdam.Kubernetes.Tests.Rules;

/// <summary>Every container: what it may take, what it may do, how it is asked for its health.</summary>
internal static class ContainerRule
{
    private const int User = 1654;

    public static IEnumerable<string> Faults(Manifests manifests) =>
        manifests.Workloads.SelectMany(workload => OfPod(workload)
                .Concat(workload.Containers.SelectMany(container => OfContainer(container).Select(fault => $"container {container.Name} {fault}")))
                .Concat(workload.Kind == "Deployment" ? workload.Pod.Containers.SelectMany(Probes) : [])
                .Select(fault => $"{workload}: {fault}"))
            .Concat(manifests.All<PostgresCluster>().SelectMany(OfCluster));

    private static IEnumerable<string> OfPod(Workload workload)
    {
        var pod = workload.Pod;
        if (pod.AutomountServiceAccountToken != false)
        {
            yield return "mounts its service account's token";
        }

        if (pod.SecurityContext is not { RunAsNonRoot: true, RunAsUser: User, RunAsGroup: User, SeccompProfile.Type: "RuntimeDefault" })
        {
            yield return $"must run as {User} with the runtime's seccomp profile";
        }

        if (pod.HostNetwork == true || pod.HostPID == true || pod.HostIPC == true || (pod.Volumes ?? []).Any(volume => volume.HostPath is not null))
        {
            yield return "must keep out of its node";
        }

        foreach (var volume in (pod.Volumes ?? []).Where(volume => volume.EmptyDir is { SizeLimit: null }))
        {
            yield return $"volume {volume.Name} has no limit";
        }

        var mounted = workload.Containers.SelectMany(container => container.VolumeMounts ?? []).Select(mount => mount.Name).ToHashSet();
        var there = (pod.Volumes ?? []).Select(volume => volume.Name).ToHashSet();
        foreach (var name in mounted.Except(there).Concat(there.Except(mounted)))
        {
            yield return $"volume {name} must be both there and mounted";
        }
    }

    private static IEnumerable<string> OfContainer(V1Container container)
    {
        foreach (var fault in Resources(container.Resources).Concat(Image(container.Image)))
        {
            yield return fault;
        }

        if (container.SecurityContext is not { AllowPrivilegeEscalation: false, ReadOnlyRootFilesystem: true, Privileged: null or false, Capabilities: { Add: null, Drop: ["ALL"] } })
        {
            yield return "must have a read-only root, no capability and no way to more";
        }

        if ((container.VolumeMounts ?? []).All(mount => mount.MountPath != "/tmp"))
        {
            yield return "has a read-only root and no /tmp";
        }
    }

    private static IEnumerable<string> Resources(V1ResourceRequirements? resources) =>
        from needed in new[] { (resources?.Requests, "request"), (resources?.Limits, "limit") }
        from resource in new[] { "cpu", "memory" }
        where needed.Item1?.ContainsKey(resource) != true
        select $"has no {needed.Item2} of {resource}";

    private static IEnumerable<string> Image(string image)
    {
        var name = image[(image.LastIndexOf('/') + 1)..];
        if (!name.Contains(':', StringComparison.Ordinal) || name.EndsWith(":latest", StringComparison.Ordinal))
        {
            yield return $"has an image without a version ({image})";
        }
    }

    private static IEnumerable<string> Probes(V1Container container) =>
        from probe in new[] { (container.StartupProbe, "startup"), (container.ReadinessProbe, "readiness"), (container.LivenessProbe, "liveness") }
        where probe.Item1 is null or { Grpc: null, HttpGet: null }
        select $"container {container.Name} has no {probe.Item2} probe";

    private static IEnumerable<string> OfCluster(PostgresCluster cluster) =>
        Resources(cluster.Spec.Resources).Concat(Image(cluster.Spec.ImageName)).Select(fault => $"Cluster {cluster.Metadata.Name}: {fault}");
}
