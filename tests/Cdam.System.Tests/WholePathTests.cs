using Cdam.Cli.Demo;
using Cdam.Scoring.Metrics;
using Cdam.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Cdam.System.Tests;

/// <summary>Gateway, explainer and evaluator as three processes on loopback.</summary>
public sealed class WholePathTests
{
    /// <summary>float32 on other orders of summation: 1e-5 is attained; ten times that for logits of pictures that rounding may have moved.</summary>
    private const double Tolerance = 1e-4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("dino-linear")]
    [InlineData("dinov2-registers-biomarkers")]
    public async Task EvaluateImage_ThroughThreeProcesses_TracesTheReferenceCurves(string name)
    {
        using var model = new ReferenceModel(name);
        using var logs = new TemporaryFolder();
        await using var services = await DemoServices.Start([model.Folder], logs.Path, Cancellation);
        using var channel = GrpcChannel.ForAddress(services.Gateway);
        var events = await Evaluate(new EvaluatorService.EvaluatorServiceClient(channel), model);

        AssertClose(model.Array("curve_mif"), Curve(events, PerturbationOrder.MostImportantFirst));
        AssertClose(model.Array("curve_lif"), Curve(events, PerturbationOrder.LeastImportantFirst));
        var result = events.Single(answer => answer.Result is not null).Result;
        Assert.Equal(model.Case.Values["a_lif_mif"], result.ALifMif, Tolerance * Math.Abs(model.Case.Values["a_mif"]));
        Assert.Equal(model.Case.Values["compactness"], result.Compactness, 1e-9);

        // Σ_j T_ij ∂f/∂T_ij of the streamed chunks is the streamed map, up to rounding.
        Assert.InRange(result.GradientConsistency, 0, 1e-4);
        var planned = events.Single(answer => answer.Planned is not null).Planned;
        Assert.Equal(22, planned.NaiveForwardPasses);
        Assert.Equal(20, planned.PlannedForwardPasses); // both directions share 0 % and 100 %
        Assert.Equal("opencv-gaussian sigma=14", planned.Blur);
    }

    [Fact]
    public async Task EvaluateImage_ByPixelMaps_RanksThePixelsThemselves()
    {
        using var model = new ReferenceModel("dino-wide-input");
        using var logs = new TemporaryFolder();
        await using var services = await DemoServices.Start([model.Folder], logs.Path, Cancellation);
        using var channel = GrpcChannel.ForAddress(services.Gateway);
        var evaluator = new EvaluatorService.EvaluatorServiceClient(channel);
        var events = await Evaluate(evaluator, model, "input-x-gradient", "integrated-gradients");

        foreach (var (method, array) in (IEnumerable<(string, string)>)[("input-x-gradient", "input_x_gradient"), ("integrated-gradients", "integrated_gradients")])
        {
            // A pixel whose score lies within rounding of the threshold may fall on either side of it.
            var result = events.Single(answer => answer.Result?.Method == method).Result;
            Assert.Equal(Compactness.Of(model.Array(array)), result.Compactness, 2.0 / (model.Case.Height * model.Case.Width));
            Assert.False(result.HasGradientConsistency);
        }

        Assert.Equal(44, events.Count(answer => answer.Point is not null));
        var planned = events.Single(answer => answer.Planned is not null).Planned;
        Assert.Equal((38, 44), (planned.PlannedForwardPasses, planned.NaiveForwardPasses)); // 4 rankings of 9 inner points, and both ends
        Assert.Equal((model.Case.Width, model.Case.Height), (planned.Width, planned.Height));
    }

    [Fact]
    public async Task Explain_ThroughTheGateway_EqualsTheReferenceMap()
    {
        using var model = new ReferenceModel("torchvision-malignancy");
        using var logs = new TemporaryFolder();
        await using var services = await DemoServices.Start([model.Folder], logs.Path, Cancellation);
        using var channel = GrpcChannel.ForAddress(services.Gateway);
        var response = await new ExplainerService.ExplainerServiceClient(channel).ExplainAsync(
            new ExplainRequest { Model = model.Name, Image = model.Image }, cancellationToken: Cancellation);
        AssertClose(model.Array("cdam"), [.. response.Maps.Single().Scores]);
        AssertClose(model.Array("logits"), [.. response.Logits]);
    }

    [Fact]
    public async Task Stopping_AllServices_EndsEveryProcessWithoutAnError()
    {
        using var model = new ReferenceModel("dino-linear");
        using var logs = new TemporaryFolder();
        var services = await DemoServices.Start([model.Folder], logs.Path, Cancellation);
        var processes = services.Processes.Select(process => global::System.Diagnostics.Process.GetProcessById(process.Id)).ToList();
        await services.DisposeAsync();
        Assert.All(processes, process => Assert.True(process.HasExited));
        foreach (var log in Directory.GetFiles(logs.Path))
        {
            Assert.DoesNotContain("fail:", await File.ReadAllTextAsync(log, Cancellation), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Starting_WithABrokenModel_TellsWhy()
    {
        using var model = new ReferenceModel("dino-linear");
        using var logs = new TemporaryFolder();
        File.AppendAllText(Path.Combine(model.Folder, "model.safetensors"), "x");
        var exception = await Assert.ThrowsAsync<IOException>(() => DemoServices.Start([model.Folder], logs.Path, Cancellation));
        Assert.Contains("Cdam.Explainer ended before it listened", exception.Message, StringComparison.Ordinal);
        Assert.Contains("SHA-256 is", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<List<EvaluateImageResponse>> Evaluate(EvaluatorService.EvaluatorServiceClient client, ReferenceModel model, params string[] methods)
    {
        var request = new EvaluateImageRequest { Model = model.Name, Image = model.Image, Target = new Target { Index = model.Case.Target } };
        request.Methods.AddRange(methods.Select(name => new MethodSpec { Name = name }));
        using var call = client.EvaluateImage(request, cancellationToken: Cancellation);
        var events = new List<EvaluateImageResponse>();
        await foreach (var answer in call.ResponseStream.ReadAllAsync(Cancellation))
        {
            events.Add(answer);
        }

        return events;
    }

    private static float[] Curve(List<EvaluateImageResponse> events, PerturbationOrder order) =>
        [.. events.Where(answer => answer.Point?.Order == order).Select(answer => answer.Point).OrderBy(point => point.Percent).Select(point => point.Value)];

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var largest = expected.Max(Math.Abs);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Tolerance * largest));
    }
}
