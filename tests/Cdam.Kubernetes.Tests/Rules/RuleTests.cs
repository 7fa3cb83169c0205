using Cdam.Kubernetes.Tests.Rendering;

namespace Cdam.Kubernetes.Tests.Rules;

public sealed class RuleTests
{
    public static TheoryData<string> Combinations => [.. Combination.All.Select(combination => combination.Name)];

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task Manifests_OfEveryCombination_KeepEveryRule(string combination)
    {
        var manifests = await Kustomize.RenderAsync(combination);

        var faults = RuleBook.All.SelectMany(rule => rule.Value(manifests, Combination.Named(combination)).Select(fault => $"{rule.Key}: {fault}")).ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>Each rule finds what it is for: rendered text with one thing changed is refused for that thing.</summary>
    [Theory]
    [MemberData(nameof(Breakage.Cases), MemberType = typeof(Breakage))]
    public async Task Rule_OfBrokenManifests_NamesTheFault(string rule, string combination, string text, string broken, string fault)
    {
        var rendered = await Kustomize.TextAsync(Combination.Named(combination));
        Assert.Contains(text, rendered, StringComparison.Ordinal);
        var at = rendered.IndexOf(text, StringComparison.Ordinal);
        var manifests = Manifests.Read(string.Concat(rendered.AsSpan(0, at), broken, rendered.AsSpan(at + text.Length)));

        Assert.Contains(RuleBook.All[rule](manifests, Combination.Named(combination)), found => found.StartsWith(fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("replicas: 1", "replicaz: 1")]
    [InlineData("replicas: 1", "replicas: one")]
    [InlineData("kind: PodDisruptionBudget", "kind: PodDistractionBudget")]
    [InlineData("        readOnlyRootFilesystem: true", "        readOnlyRootFileSystem: true")]
    public async Task Manifests_WithAFieldOrKindThatDoesNotExist_AreRefused(string text, string broken)
    {
        var rendered = await Kustomize.TextAsync(Combination.Named("base"));
        Assert.Contains(text, rendered, StringComparison.Ordinal);

        Assert.ThrowsAny<Exception>(() => Manifests.Read(rendered.Replace(text, broken, StringComparison.Ordinal)));
    }

    [Fact]
    public void Components_AreAllTried()
    {
        var folders = Directory.GetDirectories(Repository.PathOf("k8s", "components")).Select(Path.GetFileName);

        Assert.Empty(folders.Except(Combination.All.SelectMany(combination => combination.Components)));
    }
}
