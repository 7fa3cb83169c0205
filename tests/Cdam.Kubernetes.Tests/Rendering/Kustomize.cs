using System.Diagnostics;

namespace Cdam.Kubernetes.Tests.Rendering;

/// <summary>Renders combinations by <c>kubectl kustomize</c>, each once.</summary>
internal static class Kustomize
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly Dictionary<string, Task<string>> Rendered = [];

    public static async Task<Manifests> RenderAsync(string combination) => Manifests.Read(await TextAsync(Combination.Named(combination)));

    /// <summary>The rendered text; skips the test where kubectl is missing.</summary>
    public static Task<string> TextAsync(Combination combination)
    {
        Assert.SkipUnless(IsThere, "needs kubectl 1.27 or newer (https://kubernetes.io/docs/tasks/tools); Debian's kubernetes-client is too old");
        lock (Rendered)
        {
            return Rendered.TryGetValue(combination.Name, out var text) ? text : Rendered[combination.Name] = RunAsync(combination);
        }
    }

    private static bool IsThere { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "kubectl")));

    private static async Task<string> RunAsync(Combination combination)
    {
        if (combination.IsOverlay)
        {
            return await RunAsync(Repository.PathOf("k8s", combination.Base));
        }

        var folder = Directory.CreateTempSubdirectory("cdam-kustomize-").FullName;
        try
        {
            // Kustomize takes relative paths only.
            string From(string path) => Path.GetRelativePath(folder, Repository.PathOf("k8s", path));
            var lines = new List<string>
            {
                "apiVersion: kustomize.config.k8s.io/v1beta1", "kind: Kustomization", "namespace: cdam", "resources:", $"  - {From(combination.Base)}",
            };
            lines.AddRange(combination.Jobs.Select(job => $"  - {From($"jobs/{job}")}"));
            if (combination.Components.Length > 0)
            {
                lines.AddRange(combination.Components.Select(component => $"  - {From($"components/{component}")}").Prepend("components:"));
            }

            await File.WriteAllLinesAsync(Path.Combine(folder, "kustomization.yaml"), lines);
            return await RunAsync(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> RunAsync(string folder)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var process = Process.Start(new ProcessStartInfo("kubectl", ["kustomize", folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, $"kubectl kustomize {folder}: {await error}");
        return await output;
    }
}
