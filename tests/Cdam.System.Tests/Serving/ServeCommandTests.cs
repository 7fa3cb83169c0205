using Cdam.Cli.Models;
using Cdam.Scenes;
using Cdam.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Cdam.System.Tests.Serving;

public sealed class ServeCommandTests
{
    [Fact]
    public async Task Serve_UntilItIsTerminated_ExplainsAndEvaluatesAtOneAddress()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends a signal");
        await using var served = await ServedProcess.Start("--listen", "http://127.0.0.1:0", "--model", "scenes", "scenes-concepts", "--device", "cpu");
        using var channel = GrpcChannel.ForAddress(served.Gateway);
        var explainer = new ExplainerService.ExplainerServiceClient(channel);
        var models = await explainer.ListModelsAsync(new ListModelsRequest(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["models/scenes", "models/scenes-concepts"], models.Models.Select(model => model.Name));

        var evaluator = new EvaluatorService.EvaluatorServiceClient(channel);
        using var call = evaluator.EvaluateImage(new EvaluateImageRequest { Model = "models/scenes", Image = Scene(), Percents = { 0, 50, 100 } });
        var events = await call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(EvaluateImageResponse.EventOneofCase.Finished, events[^1].EventCase);

        using var http = new HttpClient();
        Assert.Equal("Healthy", await http.GetStringAsync($"{served.Http}/healthz/ready", TestContext.Current.CancellationToken));

        var (exitCode, output) = await served.Terminate();
        Assert.Equal(0, exitCode);
        Assert.EndsWith("stopped", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_TerminatedDuringACall_AnswersItFirst()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends a signal");
        await using var served = await ServedProcess.Start("--listen", "http://127.0.0.1:0", "--model", "scenes", "--device", "cpu");
        using var channel = GrpcChannel.ForAddress(served.Gateway);

        var client = new ExplainerService.ExplainerServiceClient(channel);
        var request = new ExplainRequest { Model = "models/scenes", Image = Scene(), Methods = { new MethodSpec { Name = "integrated-gradients", SampleCount = 3 } } };
        await client.ExplainAsync(request, cancellationToken: TestContext.Current.CancellationToken);
        await MetricsPage.ReadAsync(served.Http);

        // Half a second of work on an idle machine; what is asked for the second time takes a hundredth.
        request.Methods[0].SampleCount = 20;
        var call = client.ExplainAsync(request, cancellationToken: TestContext.Current.CancellationToken).ResponseAsync;
        while ((await MetricsPage.ReadAsync(served.Http)).Sum("cdam_gateway_active_calls") == 0)
        {
            Assert.False(call.IsCompleted);
        }

        var (exitCode, output) = await served.Terminate();

        Assert.Equal("integrated-gradients", Assert.Single((await call).Maps).Method);
        Assert.Equal(0, exitCode);
        Assert.EndsWith("stopped", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "Explaner": {} , "Explaner:Listen": "x" }""", "has the section \"Explaner\"; sections are Explainer")]
    [InlineData("""{ "Explainer": """, "--config")]
    [InlineData("""{ "Explainer": { "Device": "gpu" } }""", "Device")]
    public async Task Serve_WithAFaultyConfiguration_SaysWhere(string json, string message)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "serve.json");
        File.WriteAllText(file, json);
        var result = await CommandLine.Cdam("serve", "--listen", "http://127.0.0.1:0", "--listen-http", "", "--config", file, "--model", Path.Combine(new ModelLocations().Shipped, "scenes"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    private static Image Scene()
    {
        var scene = new SceneGenerator(side: 112, seed: 0).Draw(SceneSet.OneObject, 0);
        return new Image { Picture = new Picture { Width = scene.Side, Height = scene.Side, Rgb = ByteString.CopyFrom(scene.Rgb) } };
    }
}
