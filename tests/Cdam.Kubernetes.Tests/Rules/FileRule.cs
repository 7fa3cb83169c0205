using System.Text.RegularExpressions;
using Cdam.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace Cdam.Kubernetes.Tests.Rules;

/// <summary>Files and folders that settings name are in the image or on a volume.</summary>
internal static partial class FileRule
{
    private const string Shipped = "/app/models/";

    public static IEnumerable<string> Faults(Manifests manifests) =>
        from workload in manifests.Workloads
        from container in workload.Containers
        from file in Files(container, manifests)
        where file.StartsWith(Shipped, StringComparison.Ordinal)
            ? !Directory.Exists(Repository.PathOf("services", "models", file[Shipped.Length..]))
            : !(container.VolumeMounts ?? []).Any(mount => IsBelow(file, mount.MountPath))
        select $"{workload}: {file} is neither in the image nor on a volume of container {container.Name}";

    /// <summary>The keys of a secret that a volume must have: those that it names, or whose files a process is told to read.</summary>
    public static IEnumerable<string> KeysOf(Workload workload, V1Volume volume, Manifests manifests)
    {
        var named = (volume.Secret.Items ?? []).ToDictionary(item => item.Path, item => item.Key);
        var read = from container in workload.Containers
            from mount in container.VolumeMounts ?? []
            where mount.Name == volume.Name
            from file in Files(container, manifests)
            where IsBelow(file, mount.MountPath)
            select file[(mount.MountPath.Length + 1)..];
        return named.Values.Concat(read.Select(path => named.GetValueOrDefault(path, path))).Distinct();
    }

    private static IEnumerable<string> Files(V1Container container, Manifests manifests) => manifests.EnvironmentOf(container).Values
        .OfType<string>().SelectMany(value => Absolute().Matches(value)).Select(match => match.Value);

    private static bool IsBelow(string file, string folder) => file.StartsWith(folder + "/", StringComparison.Ordinal);

    // The whole value, or one of a connection string.
    [GeneratedRegex("(?<=^|=)/[^;]+")]
    private static partial Regex Absolute();
}
