using System.Globalization;
using Cdam.Kubernetes.Tests.CustomKinds;
using Cdam.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace Cdam.Kubernetes.Tests.Rules;

/// <summary>What operators' kinds must say beside having the fields that they have.</summary>
internal static class CustomKindRule
{
    public static IEnumerable<string> Faults(Manifests manifests)
    {
        var space = manifests.All<V1Namespace>().Single().Metadata.Name;
        return manifests.All<Certificate>().SelectMany(certificate => OfCertificate(certificate, space))
            .Concat(manifests.All<ScaledObject>().SelectMany(scaler => OfScaler(scaler, space).Select(fault => $"ScaledObject {scaler.Metadata.Name} {fault}")))
            .Concat(manifests.All<V2HorizontalPodAutoscaler>().SelectMany(OfScaler))
            .Concat(manifests.All<PostgresCluster>().SelectMany(cluster => OfCluster(cluster, manifests)))
            .Concat(OfRoutes(manifests));
    }

    private static IEnumerable<string> OfCertificate(Certificate certificate, string space)
    {
        string[] names = ["gateway", $"gateway.{space}.svc", $"gateway.{space}.svc.cluster.local"];
        return names.Except(certificate.Spec.DnsNames).Select(name => $"Certificate {certificate.Metadata.Name} is not for {name}")
            .Concat(certificate.Spec.Usages.Contains("server auth") ? [] : [$"Certificate {certificate.Metadata.Name} is not for servers"])
            .Concat(certificate.Spec.IssuerRef is { Kind: "ClusterIssuer" or "Issuer", Name.Length: > 0 } ? [] : [$"Certificate {certificate.Metadata.Name} has no issuer"]);
    }

    private static IEnumerable<string> OfScaler(ScaledObject scaler, string space)
    {
        if (scaler.Spec.MinReplicaCount < 1 || scaler.Spec.MaxReplicaCount <= scaler.Spec.MinReplicaCount)
        {
            yield return $"must keep at least one pod and be able to grow ({scaler.Spec.MinReplicaCount} to {scaler.Spec.MaxReplicaCount})";
        }

        if (scaler.Spec.Fallback is not { FailureThreshold: > 0, Replicas: > 0 })
        {
            yield return "must say how many pods there are while Prometheus is away";
        }

        foreach (var trigger in scaler.Spec.Triggers)
        {
            var settings = trigger.Metadata;
            if (trigger is not { Type: "prometheus", MetricType: "AverageValue" } || !settings.ContainsKey("serverAddress")
                || !double.TryParse(settings.GetValueOrDefault("threshold"), NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            {
                yield return "must ask a Prometheus and compare with a number";
            }

            if (settings.GetValueOrDefault("query")?.Contains($"namespace=\"{space}\",pod=~\"{scaler.Spec.ScaleTargetRef.Name}-.*\"", StringComparison.Ordinal) != true)
            {
                yield return $"must ask for the pods of {scaler.Spec.ScaleTargetRef.Name} in {space}";
            }
        }
    }

    private static IEnumerable<string> OfScaler(V2HorizontalPodAutoscaler scaler) =>
        scaler.Spec.MinReplicas < 1 || scaler.Spec.MaxReplicas <= scaler.Spec.MinReplicas
            ? [$"HorizontalPodAutoscaler {scaler.Metadata.Name} must keep at least one pod and be able to grow"]
            : [];

    /// <summary>Every host that the connection string is given to has a pool of its own, and a rolling update has one pod more of each.</summary>
    private static IEnumerable<string> OfCluster(PostgresCluster cluster, Manifests manifests)
    {
        var connection = manifests.All<V1ConfigMap>().Single(map => map.Metadata.Name.StartsWith("postgres-connection", StringComparison.Ordinal)).Data["connection"];
        var words = new Npgsql.NpgsqlConnectionStringBuilder(connection);
        var clients = manifests.Workloads.Where(workload => workload.Containers.Any(container => manifests.EnvironmentOf(container).ContainsKey("PGPASSWORD")))
            .Sum(workload => workload.Pod.Containers.Count * ((workload.Deployment?.Replicas ?? 0) + 1));
        var most = int.Parse(cluster.Spec.Postgresql.Parameters["max_connections"], CultureInfo.InvariantCulture);
        if (clients * words.MaxPoolSize >= most)
        {
            yield return $"Cluster {cluster.Metadata.Name}: {clients} pools of {words.MaxPoolSize} connections need more than {most}";
        }

        if (words.Host != $"{cluster.Metadata.Name}-rw" || words.Database != cluster.Spec.Bootstrap.Initdb.Database || words.Username != cluster.Spec.Bootstrap.Initdb.Owner
            || words.SslMode != Npgsql.SslMode.VerifyFull || words.Password is not null)
        {
            yield return $"Cluster {cluster.Metadata.Name}: the connection ({connection}) must be to its database, checked, and without the password";
        }
    }

    /// <summary>The Gateway API: of GRPCRoutes and HTTPRoutes of one host name a listener refuses one.</summary>
    private static IEnumerable<string> OfRoutes(Manifests manifests) => manifests.All<Route>()
        .SelectMany(route => route.Spec.Hostnames.Select(name => (route.Kind, name))).GroupBy(pair => pair.name)
        .Where(routes => routes.Select(route => route.Kind).Distinct().Count() > 1).Select(routes => $"{routes.Key} is both a GRPCRoute's and an HTTPRoute's");
}
