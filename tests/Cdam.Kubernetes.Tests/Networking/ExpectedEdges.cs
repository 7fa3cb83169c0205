using Cdam.Kubernetes.Tests.Rendering;
using static Cdam.Kubernetes.Tests.Networking.Peers;

namespace Cdam.Kubernetes.Tests.Networking;

/// <summary>The edges that a combination needs; there must be no others.</summary>
internal static class ExpectedEdges
{
    private const string Gateway = "gateway";
    private const string Evaluator = "evaluator";
    private const string Bench = "bench";

    private static readonly string[] Pools = ["explainer-class", "explainer-concept", "explainer-malignancy", "explainer-biomarker"];

    public static IReadOnlySet<string> Of(Combination combination, Manifests manifests)
    {
        var edges = new HashSet<string>();
        void Add(IEnumerable<string> sources, string target, params int[] ports) =>
            edges.UnionWith(from source in sources from port in ports select Reachability.Edge(source, target, port));

        string[] pods = [.. manifests.Workloads.Select(workload => workload.Name), .. combination.Has("postgres") ? [Postgres] : Array.Empty<string>()];
        string[] outside = [Client, Monitoring, Dns, Operator, Internet, Api];
        Add(pods, Dns, 53);
        Add(outside, Gateway, 8000);
        Add(combination.Has("tls") ? [Monitoring] : outside, Gateway, 8080);
        Add([Evaluator, .. Pools], Gateway, 8000);
        Add([Gateway], Evaluator, 8002);
        foreach (var pool in Pools)
        {
            Add([Gateway], pool, 8001);
        }

        if (combination.Has("monitoring"))
        {
            foreach (var worker in (string[])[Evaluator, .. Pools])
            {
                Add([Monitoring], worker, 8081);
            }
        }

        if (combination.Has("postgres"))
        {
            Add([Gateway, Evaluator, "migrations", Postgres], Postgres, 5432);
            Add([Operator, Postgres], Postgres, 8000);
            Add([Postgres], Api, 443, 6443);

            // The API server's address is the cluster's, so that the port alone can be said.
            Add([Postgres], Internet, 443);
            Add([Postgres], Client, 443);
        }

        if (combination.Jobs.Contains(Bench))
        {
            Add([Bench], Gateway, 8000);
            Add([Bench], Postgres, 5432);
        }

        if (combination.Has("models-pull"))
        {
            Add(["explainer-class"], Internet, 443);
        }

        if (combination.Has("models-pvc"))
        {
            Add(["models"], Internet, 443);
        }

        return edges;
    }
}
