using System.Reflection;
using System.Text.RegularExpressions;
using Cdam.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace Cdam.Kubernetes.Tests.Rules;

/// <summary>
/// Every variable of a host's container is one of its options: hosts pass over what they do not know, so that a misspelt one would do nothing.
/// </summary>
internal static partial class OptionRule
{
    /// <summary>What others than the hosts read: the runtime, torch's OpenMP, CUDA, PostgreSQL's client, OpenTelemetry, the command line.</summary>
    private static readonly string[] Others = ["DOTNET_EnableDiagnostics", "OMP_NUM_THREADS", "CUDA_CACHE_PATH", "PGPASSWORD", "OTEL_EXPORTER_OTLP_ENDPOINT", "CDAM_API_KEY"];

    private static readonly Dictionary<string, Assembly> Hosts = new()
    {
        ["gateway"] = typeof(Gateway.GatewayHost).Assembly,
        ["evaluator"] = typeof(Evaluator.EvaluatorHost).Assembly,
        ["bench"] = typeof(Evaluator.EvaluatorHost).Assembly,
        ["explainer"] = typeof(Explainer.ExplainerHost).Assembly,
    };

    public static IEnumerable<string> Faults(Manifests manifests) =>
        from workload in manifests.Workloads
        from container in workload.Containers
        from variable in manifests.EnvironmentOf(container).Keys
        where !Others.Contains(variable) && !IsForArgs(container, variable) && !(Hosts.GetValueOrDefault(container.Name) is { } host && IsOption(host, variable.Replace("__", ":", StringComparison.Ordinal)))
        select $"{workload}: {variable} is no option of {container.Name}";

    private static bool IsForArgs(V1Container container, string variable) => (container.Args ?? []).Any(arg => arg.Contains($"$({variable})", StringComparison.Ordinal));

    private static bool IsOption(Assembly host, string key) => Destination().IsMatch(key) || Sections(host)
        .Any(section => key.StartsWith(section.Name + ":", StringComparison.OrdinalIgnoreCase) && HasProperty(section.Type, key[(section.Name.Length + 1)..].Split(':')));

    /// <summary>The classes of options say themselves which section they are read from.</summary>
    private static IEnumerable<(string Name, Type Type)> Sections(Assembly host) =>
        from type in host.GetTypes()
        let section = type.GetField("Section", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        where type.Name.EndsWith("Options", StringComparison.Ordinal) && section is { IsLiteral: true }
        select ((string)section.GetRawConstantValue()!, type);

    private static bool HasProperty(Type type, ReadOnlySpan<string> path)
    {
        if (path.IsEmpty)
        {
            return true;
        }

        if (ElementOf(type) is { } element)
        {
            return HasProperty(element, path[1..]);
        }

        var property = type.GetProperty(path[0], BindingFlags.Instance | BindingFlags.Public | BindingFlags.IgnoreCase);
        return property is not null && (path.Length == 1 || !IsLeaf(property.PropertyType)) && HasProperty(property.PropertyType, path[1..]);
    }

    /// <summary>Of a list, whose next part is a number, or of a dictionary, whose next part is a key.</summary>
    private static Type? ElementOf(Type type) => type.IsGenericType && type != typeof(string) && !IsLeaf(type) ? type.GetGenericArguments()[^1] : null;

    private static bool IsLeaf(Type type) => type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(TimeSpan) || Nullable.GetUnderlyingType(type) is not null;

    // YARP's own.
    [GeneratedRegex("^ReverseProxy:Clusters:[a-z]+:Destinations:[a-z]+:Address$")]
    private static partial Regex Destination();
}
