using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Cdam.V1;
using Google.Protobuf;
using Grpc.Net.Client;
using Grpc.Net.Client.Web;
using Inference;

namespace Cdam.System.Tests.Http;

/// <summary>A picture file that <c>cdam serve</c> explains to clients of every kind.</summary>
public sealed class SameScoresTests(ServedScenes served) : IClassFixture<ServedScenes>
{
    private static readonly byte[] Picture = File.ReadAllBytes(Repository.PathOf("services", "Cdam.Cli", "Demo", "demo.png"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Picture_ExplainedInEveryProtocol_HasTheSameScores()
    {
        using var grpc = GrpcChannel.ForAddress(served.Grpc);
        using var web = GrpcChannel.ForAddress(
            served.Http.BaseAddress!, new GrpcChannelOptions { HttpHandler = new GrpcWebHandler(GrpcWebMode.GrpcWebText, new HttpClientHandler()), HttpVersion = new Version(1, 1) });
        var request = new ExplainRequest { Model = $"models/{ServedScenes.Model}", Image = new Image { Encoded = ByteString.CopyFrom(Picture) } };

        var expected = await new ExplainerService.ExplainerServiceClient(grpc).ExplainAsync(request, cancellationToken: Cancellation);
        var inBrowser = await new ExplainerService.ExplainerServiceClient(web).ExplainAsync(request, cancellationToken: Cancellation);
        var uploaded = await UploadAsync("application/json", answer => answer.ReadAsStringAsync(Cancellation));
        var json = await PostAsync(Request());
        var inferred = await new GRPCInferenceService.GRPCInferenceServiceClient(grpc).ModelInferAsync(Inference(), cancellationToken: Cancellation);

        var scores = Assert.Single(expected.Maps).Scores;
        Assert.Equal(scores, Assert.Single(inBrowser.Maps).Scores);
        Assert.Equal(scores, Scores(JsonNode.Parse(uploaded)!));
        Assert.Equal(scores, Scores(json));
        Assert.Equal(scores, inferred.Outputs.Single(output => output.Name == "map_cdam").Contents.Fp32Contents);
        Assert.Equal(expected.Logits, inferred.Outputs.Single(output => output.Name == "logits").Contents.Fp32Contents);
    }

    [Fact]
    public async Task Picture_PostedByAClientThatAcceptsPng_ComesBackWithItsMap()
    {
        var png = await UploadAsync("image/png", answer => answer.ReadAsByteArrayAsync(Cancellation));

        using var overlay = SkiaSharp.SKBitmap.Decode(png);
        Assert.Equal((112, 112), (overlay.Width, overlay.Height));
    }

    [Fact]
    public async Task Evaluation_InJson_IsAStreamOfLines()
    {
        var request = Request();
        request["percents"] = new JsonArray(0, 50, 100);
        using var content = new StringContent(request.ToJsonString(), null, "application/json");
        using var answer = await served.Http.PostAsync(new Uri($"/v1/models/{ServedScenes.Model}:evaluate", UriKind.Relative), content, Cancellation);
        var lines = (await answer.Content.ReadAsStringAsync(Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();

        Assert.Contains("started", lines[0].AsObject().Select(field => field.Key));
        Assert.Equal(6, lines.Count(line => line["point"] is not null));
        Assert.NotNull(lines[^1]["finished"]);
    }

    private static IEnumerable<float> Scores(JsonNode answer) => Assert.Single(answer["maps"]!.AsArray())!["scores"]!.AsArray().Select(score => (float)score!);

    private static ModelInferRequest Inference() => new()
    {
        ModelName = ServedScenes.Model,
        Parameters = { { "method", new InferParameter { StringParam = "cdam" } } },
        Inputs =
        {
            new ModelInferRequest.Types.InferInputTensor
            {
                Name = "image", Datatype = "BYTES", Shape = { 1 }, Contents = new InferTensorContents { BytesContents = { ByteString.CopyFrom(Picture) } },
            },
        },
    };

    private static JsonObject Request() => new() { ["image"] = new JsonObject { ["encoded"] = Convert.ToBase64String(Picture) } };

    private async Task<JsonNode> PostAsync(JsonObject request)
    {
        using var content = new StringContent(request.ToJsonString(), null, "application/json");
        using var answer = await served.Http.PostAsync(new Uri($"/v1/models/{ServedScenes.Model}:explain", UriKind.Relative), content, Cancellation);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!;
    }

    /// <summary>As <c>curl --data-binary @demo.png</c> sends it.</summary>
    private async Task<T> UploadAsync<T>(string accept, Func<HttpContent, Task<T>> read)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/models/{ServedScenes.Model}:explain") { Content = new ByteArrayContent(Picture) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        request.Headers.Accept.ParseAdd(accept);
        using var answer = await served.Http.SendAsync(request, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
        return await read(answer.Content);
    }
}
