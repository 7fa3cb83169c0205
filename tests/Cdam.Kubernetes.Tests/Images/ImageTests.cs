using Cdam.Kubernetes.Tests.Rendering;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using k8s.Models;

namespace Cdam.Kubernetes.Tests.Images;

/// <summary>
/// No engine builds images here; what they would hold is put together by hand and run as the pods of the overlay <c>local</c> run it.
/// </summary>
public sealed class ImageTests
{
    /// <summary>Of a machine whose other processors are busy.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Images_WithOnlyTheirOwnPackages_ServeHealthAsTheirPodsRunThem()
    {
        var images = new[] { "gateway", "explainer", "evaluator", "cdam" }.Select(Dockerfile.Read).ToList();
        using var root = await DebianRoot.CreateAsync(images[0].Bases[^1].Split(':')[1].Replace("-slim", "", StringComparison.Ordinal));
        foreach (var image in images)
        {
            await root.InstallAsync(image.Packages);
            var app = await PublishAsync(image);
            try
            {
                await (image.Name == "cdam" ? RunsCommandsAsync(root, image, app) : ServesAsync(root, image, app));
            }
            finally
            {
                Directory.Delete(app, recursive: true);
            }
        }
    }

    private static async Task ServesAsync(DebianRoot root, Dockerfile image, string app)
    {
        var manifests = await Kustomize.RenderAsync("overlay local");
        var workload = manifests.Workloads.First(item => item.Pod.Containers[0].Name == image.Name);
        var container = workload.Pod.Containers[0];
        var section = string.Concat(char.ToUpperInvariant(image.Name[0]), image.Name[1..]);
        using var time = new CancellationTokenSource(Patience);

        // Ports of their own, since several pods' worth of tests may run on this machine; all else is the pod's.
        using var pod = Confinement.Start(
            root, app, VolumesOf(container), VariablesOf(image, container, manifests),
            [.. image.EntryPoint, .. container.Args ?? [], $"--{section}:Listen=http://127.0.0.1:0", $"--{section}:ListenHttp=http://127.0.0.1:0"]);
        var address = (await pod.ReadLineAsync(time.Token)).Split(' ')[1];
        using var channel = GrpcChannel.ForAddress(address);
        var health = new Health.HealthClient(channel);

        // Explainers listen while they warm up.
        var status = HealthCheckResponse.Types.ServingStatus.Unknown;
        while (status != HealthCheckResponse.Types.ServingStatus.Serving)
        {
            status = (await health.CheckAsync(new HealthCheckRequest(), cancellationToken: time.Token)).Status;
            await Task.Delay(TimeSpan.FromMilliseconds(100), time.Token);
        }

        // Nothing of it is left behind.
        pod.Dispose();
        while (await Record.ExceptionAsync(async () => await health.CheckAsync(new HealthCheckRequest())) is not RpcException { StatusCode: StatusCode.Unavailable })
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), time.Token);
        }
    }

    private static async Task RunsCommandsAsync(DebianRoot root, Dockerfile image, string app)
    {
        using var time = new CancellationTokenSource(Patience);
        using var pod = Confinement.Start(root, app, ["/models"], image.Variables, [.. image.EntryPoint, "models", "list", "--models", "/models"]);

        var (code, output, error) = await pod.EndAsync(time.Token);

        Assert.True(code == 0, error);
        Assert.Contains("torchvision-vitb16", output + error, StringComparison.Ordinal);
    }

    /// <summary>Where the pod can write.</summary>
    private static List<string> VolumesOf(V1Container container) =>
        [.. container.VolumeMounts.Where(mount => mount.ReadOnlyProperty != true && mount.MountPath != "/tmp").Select(mount => mount.MountPath)];

    /// <summary>The image's and the pod's; what the kubelet fills in are the limits of processors.</summary>
    private static IEnumerable<KeyValuePair<string, string>> VariablesOf(Dockerfile image, V1Container container, Manifests manifests) => image.Variables
        .Concat(manifests.EnvironmentOf(container).Select(variable => new KeyValuePair<string, string>(variable.Key, variable.Value ?? "1")))
        .GroupBy(variable => variable.Key).Select(variables => variables.Last());

    private static async Task<string> PublishAsync(Dockerfile image)
    {
        var folder = Directory.CreateTempSubdirectory("cdam-image-").FullName;
        await DebianRoot.RunAsync("chmod", "755", folder);
#if DEBUG
        string[] built = [];
#else
        // These tests were built with them.
        string[] built = ["--no-build"];
#endif
        await DebianRoot.RunAsync("dotnet", ["publish", Repository.PathOf(image.Publish[0]), .. image.Publish.Skip(1), .. built, "-o", folder]);
        foreach (var (from, to) in image.Copies)
        {
            await DebianRoot.RunAsync("cp", "-r", Repository.PathOf(from), folder + to["/app".Length..]);
        }

        return folder;
    }
}
