using Cdam.Kubernetes.Tests.Rendering;

namespace Cdam.Kubernetes.Tests.Images;

public sealed class DockerfileTests
{
    private static readonly string[] Labels = ["title", "version", "revision", "licenses", "base.name"];

    public static TheoryData<string> Names => [.. Dockerfile.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Image_HasAUserLabelsAndVersionedBases(string name)
    {
        var file = Dockerfile.Read(name);

        Assert.Equal("1654:1654", file.User);
        Assert.All(Labels, label => Assert.Contains($"org.opencontainers.image.{label}=", file.Labels, StringComparison.Ordinal));
        Assert.All(file.Bases, image => Assert.Matches("^[a-z./]+:(?!latest)[a-z0-9.-]+$", image));
        Assert.Equal(file.Packages.Order(StringComparer.Ordinal), file.Packages);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Image_StartsWhatItPublishes(string name)
    {
        var file = Dockerfile.Read(name);

        var project = file.Publish[0];
        Assert.True(File.Exists(Repository.PathOf(project, $"{Path.GetFileName(project)}.csproj")));
        Assert.Equal(["dotnet", $"/app/{Path.GetFileName(project)}.dll"], file.EntryPoint);
        Assert.All(file.Copies, copy => Assert.True(Directory.Exists(Repository.PathOf(copy.From))));
    }

    [Theory]
    [InlineData("base")]
    [InlineData("overlay gpu-cluster")]
    public async Task Manifests_UseTheseImagesAtTheirPorts(string combination)
    {
        var manifests = await Kustomize.RenderAsync(combination);

        foreach (var container in manifests.Workloads.SelectMany(workload => workload.Containers))
        {
            var image = container.Image[(container.Image.LastIndexOf('/') + 1)..].Split(':')[0];
            var file = Dockerfile.Read(image.StartsWith("cdam-", StringComparison.Ordinal) ? image["cdam-".Length..] : image);
            Assert.Empty((container.Ports ?? []).Select(port => port.ContainerPort).Except(file.Ports));
            Assert.Null(container.Command);
        }
    }
}
