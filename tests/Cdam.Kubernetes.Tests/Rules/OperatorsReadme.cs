using System.Text.RegularExpressions;

namespace Cdam.Kubernetes.Tests.Rules;

/// <summary>What k8s/README.md has commands for: secrets and ConfigMaps that manifests refer to and must not contain.</summary>
internal static partial class OperatorsReadme
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("k8s", "README.md")).Replace("\\\n", " ", StringComparison.Ordinal);

    /// <summary>The keys of each secret that a command makes.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Secrets { get; } = Command().Matches(Text)
        .Where(command => command.Groups["kind"].Value == "secret generic")
        .GroupBy(command => command.Groups["name"].Value)
        .ToDictionary(
            commands => commands.Key,
            commands => (IReadOnlySet<string>)commands.SelectMany(command => Key().Matches(command.Value)).Select(key => key.Groups["key"].Value).ToHashSet());

    /// <summary>Those that a command makes.</summary>
    public static IReadOnlySet<string> ConfigMaps { get; } = Command().Matches(Text)
        .Where(command => command.Groups["kind"].Value == "configmap").Select(command => command.Groups["name"].Value).ToHashSet();

    [GeneratedRegex(@"create (?<kind>secret generic|configmap) (?<name>[a-z0-9-]+)[^\n]*")]
    private static partial Regex Command();

    [GeneratedRegex("--from-file=(?<key>[^=\\s]+)=")]
    private static partial Regex Key();
}
