using Cdam.Evaluator;
using Cdam.Explainer;
using Cdam.Gateway;
using Cdam.Kubernetes.Tests.Rendering;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace Cdam.Kubernetes.Tests.Hosts;

/// <summary>Hosts take the settings that their containers give them: each value is within its option's rules, and together they make sense.</summary>
public sealed class SettingsTests(MountedFiles files) : IClassFixture<MountedFiles>
{
    public static TheoryData<string> Combinations => [.. Combination.All.Select(combination => combination.Name)];

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task Build_WithTheSettingsOfEveryPod_IsRefusedNothing(string combination)
    {
        var manifests = await Kustomize.RenderAsync(combination);

        foreach (var workload in manifests.Workloads.Where(workload => workload.Deployment is not null))
        {
            var container = workload.Pod.Containers.Single();
            await using var host = Build(container.Name, Arguments(container, manifests));
        }
    }

    [Fact]
    public async Task Build_WithASettingOutOfItsRange_IsRefused()
    {
        var manifests = await Kustomize.RenderAsync("base");
        var container = manifests.Named<V1Deployment>("gateway").Spec.Template.Spec.Containers.Single();

        Assert.Throws<OptionsValidationException>(() => Build("gateway", [.. Arguments(container, manifests), "--Gateway:DnsRefresh=00:00:00"]));
    }

    private string[] Arguments(V1Container container, Manifests manifests) =>
        [.. manifests.EnvironmentOf(container).Where(variable => variable.Value is not null && variable.Key.Contains("__", StringComparison.Ordinal))
            .Select(variable => $"--{variable.Key.Replace("__", ":", StringComparison.Ordinal)}={files.Below(variable.Value!)}")];

    private static WebApplication Build(string host, string[] arguments) => host switch
    {
        "gateway" => GatewayHost.Build(arguments),
        "evaluator" => EvaluatorHost.Build(arguments),
        _ => ExplainerHost.Build(arguments),
    };
}
