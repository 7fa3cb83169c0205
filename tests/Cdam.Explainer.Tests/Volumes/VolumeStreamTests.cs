using System.Security.Cryptography;
using Cdam.Explainer.Tests.Running;
using Cdam.V1;
using Grpc.Core;

namespace Cdam.Explainer.Tests.Volumes;

public sealed class VolumeStreamTests(SharedLungExplainer shared)
{
    private static readonly CancellationToken Timely = TestContext.Current.CancellationToken;
    private readonly ExplainerService.ExplainerServiceClient _client = shared.Host.Client;

    [Fact]
    public async Task ExplainStream_AVolume_GivesTensorsAndMapsOfEachViewThenTheUnaryResult()
    {
        using var call = _client.ExplainStream(cancellationToken: Timely);
        var request = Nodules.Explain(LungModels.Malignancy, Nodules.OfVolume);
        await call.RequestStream.SendAllAsync(
            new ExplainStreamRequest { Id = "a", Request = request, IncludeTokens = true, IncludeTokenGradients = true, IncludeAttention = true });
        var answers = await call.ResponseStream.ReadAllAsync(Timely).Skip(1).ToListAsync(Timely);
        Assert.All(answers, answer => Assert.Equal("a", answer.Id));
        var unary = await _client.ExplainAsync(request, cancellationToken: Timely);
        var chunks = answers.Where(answer => answer.Chunk is not null).Select(answer => answer.Chunk).ToList();
        TokenTensorKind[] kinds = [TokenTensorKind.Tokens, TokenTensorKind.TokenGradients, TokenTensorKind.Attention];
        Assert.Equal(
            new[] { View.Axial, View.Coronal, View.Sagittal }.SelectMany(view => kinds.Select(kind => (view, kind))),
            chunks.Select(chunk => (chunk.View, chunk.Kind)));
        Assert.Equal(3, chunks.Where(chunk => chunk.Kind == TokenTensorKind.Tokens).Select(chunk => chunk.Chunk.Data).Distinct().Count());
        Assert.Equal(unary.Maps, answers.Where(answer => answer.Map is not null).Select(answer => answer.Map));
        Assert.Equal((unary.Logits, unary.ViewLogits), (answers[^1].Result.Logits, answers[^1].Result.ViewLogits));
    }

    [Fact]
    public async Task Embed_AVolume_IsTheMeanLatentOfItsViews()
    {
        using var call = _client.Embed(cancellationToken: Timely);
        await call.RequestStream.SendAllAsync(
        [
            new EmbedRequest { Id = "volume", Model = LungModels.Malignancy, Image = Nodules.OfVolume },
            new EmbedRequest { Id = "slices", Image = Nodules.OfSlices },
            .. Tensors().Select((tensor, index) => new EmbedRequest { Id = $"{index}", Image = tensor }),
        ]);
        var answers = await call.ResponseStream.ReadAllAsync(Timely).Skip(1).ToDictionaryAsync(answer => answer.Id, answer => answer.Embedding, cancellationToken: Timely);
        var mean = Enumerable.Range(0, 48).Select(i => Enumerable.Range(0, 3).Average(view => answers[$"{view}"].Latent[i]));
        ReferenceArrays.AssertClose(mean, answers["volume"].Latent);
        ReferenceArrays.AssertClose(answers["volume"].Latent, answers["slices"].Latent);
        Assert.Equal(Hash(Nodules.Volume.Voxels.Span), answers["volume"].ImageSha256);
        var slices = Nodules.OfSlices.Slices;
        Assert.Equal(Hash([.. slices.Axial, .. slices.Coronal, .. slices.Sagittal]), answers["slices"].ImageSha256);

        static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    private IEnumerable<Image> Tensors() => shared.Host.Model("malignancy").Engine.Slices!.Prepare(Nodules.Cut)
        .Select(slice => new Image { Tensor = Requests.FloatTensor(slice.Input.Normalized!, 3, 32, 32) });
}
