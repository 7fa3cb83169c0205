using System.Text.Json;
using Cdam.Cli.Demo;

namespace Cdam.System.Tests;

public sealed class PythonClientTests
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public async Task StockPythonClient_ThroughReflection_ExplainsAPicture()
    {
        var ready = File.Exists(Python) ? await CommandLine.Run(Python, "-c", "import grpc, google.protobuf") : null;
        Assert.SkipUnless(ready?.ExitCode == 0, "needs Debian's python3-grpcio and python3-protobuf");
        using var model = new ReferenceModel("dino-linear");
        using var folder = new TemporaryFolder();
        await using var services = await DemoServices.Start([model.Folder], folder.Path, TestContext.Current.CancellationToken);
        var rgb = Path.Combine(folder.Path, "picture.rgb");
        File.WriteAllBytes(rgb, model.Expected.Tensors["image"].ReadBytes());

        var result = await CommandLine.Run(
            Python, Repository.PathOf("tests", "clients", "python", "explain.py"), new Uri(services.Gateway).Authority, model.Name,
            rgb, $"{model.Case.Width}", $"{model.Case.Height}", $"{model.Case.Target}");
        Assert.True(result.ExitCode == 0, result.ToString());
        var scores = JsonSerializer.Deserialize<float[]>(result.Output)!;
        var expected = model.Array("cdam");
        var largest = expected.Max(Math.Abs);

        // The explainer's own agreement with the reference; JSON keeps every digit.
        Assert.All(expected.Zip(scores), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * largest));
    }
}
