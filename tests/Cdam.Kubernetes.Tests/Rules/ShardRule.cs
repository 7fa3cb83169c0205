using System.CommandLine;
using System.Globalization;
using Cdam.Cli.Benching;
using Cdam.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace Cdam.Kubernetes.Tests.Rules;

/// <summary>Each pod of a sharded benchmark measures its own share, all shares are measured, and a pod that ends early goes on where it was.</summary>
internal static class ShardRule
{
    private const string Index = "$(JOB_COMPLETION_INDEX)";
    private const string Session = "$(SESSION)";
    private static readonly Guid SomeSession = new("0d6f1b2e-6c1a-4f0e-9a55-0a7d3e0c9b10");

    public static IEnumerable<string> Faults(Manifests manifests) =>
        from job in manifests.All<V1Job>()
        where job.Spec.CompletionMode == "Indexed"
        from fault in OfJob(job)
        select $"Job {job.Metadata.Name}: {fault}";

    private static IEnumerable<string> OfJob(V1Job job)
    {
        var spec = job.Spec;
        var container = spec.Template.Spec.Containers.Single();
        if (spec.Parallelism is not { } parallelism || parallelism < 1 || parallelism > spec.Completions)
        {
            yield return $"parallelism ({spec.Parallelism}) must be from 1 to completions ({spec.Completions})";
        }

        if (spec.BackoffLimitPerIndex is not > 0 || spec.Template.Spec.RestartPolicy != "Never")
        {
            yield return "a share that fails must be tried again by another pod (backoffLimitPerIndex, restartPolicy: Never)";
        }

        foreach (var (variable, field) in new[] { (Index, "metadata.annotations['batch.kubernetes.io/job-completion-index']"), (Session, "metadata.labels['batch.kubernetes.io/controller-uid']") })
        {
            if (!container.Env.Any(entry => $"$({entry.Name})" == variable && entry.ValueFrom?.FieldRef?.FieldPath == field))
            {
                yield return $"{variable} must be {field}";
            }
        }

        foreach (var fault in Enumerable.Range(0, spec.Completions ?? 0).SelectMany(index => OfPod(container.Args, index, spec.Completions!.Value)))
        {
            yield return fault;
        }
    }

    /// <summary>By the program's own parser.</summary>
    private static IEnumerable<string> OfPod(IList<string> args, int index, int completions)
    {
        var options = new BenchOptions();
        var command = new Command("bench");
        options.AddTo(command);
        var parsed = command.Parse([.. args.Skip(1).Select(arg => arg
            .Replace(Index, index.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace(Session, $"{SomeSession}", StringComparison.Ordinal))]);
        if (args[0] != "bench" || parsed.Errors.Count > 0)
        {
            return [$"its args are no command: {string.Join(", ", parsed.Errors.Select(error => error.Message).DefaultIfEmpty(args[0]))}"];
        }

        try
        {
            var shard = options.Read(parsed).Shard;
            return shard == new BenchShard(SomeSession, index, completions) ? [] : [$"pod {index} of {completions} measures the share {shard?.Index}/{shard?.Count}"];
        }
        catch (ArgumentException fault)
        {
            return [$"pod {index} of {completions}: {fault.Message}"];
        }
    }
}
