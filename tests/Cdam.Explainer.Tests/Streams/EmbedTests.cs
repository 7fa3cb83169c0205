using System.Security.Cryptography;
using Cdam.Explainer.Tests.Running;
using Cdam.V1;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace Cdam.Explainer.Tests.Streams;

public sealed class EmbedTests(SharedExplainer shared)
{
    private static readonly CancellationToken Timely = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Embed_Images_GivesLatentsHashesAndFaultsUnderTheirIds()
    {
        using var call = shared.Host.Client.Embed(cancellationToken: Timely);
        Assert.True(await call.ResponseStream.MoveNext(Timely));
        Assert.Equal(16, call.ResponseStream.Current.Started.MaxInFlight);
        await call.RequestStream.WriteAsync(new EmbedRequest { Id = "a", Model = Requests.Concept, Image = Requests.ReferenceImage }, Timely);
        await call.RequestStream.WriteAsync(new EmbedRequest { Id = "b", Image = new Image { Encoded = ByteString.CopyFromUtf8("x") } }, Timely);
        await call.RequestStream.WriteAsync(new EmbedRequest { Id = "c" }, Timely);
        await call.RequestStream.WriteAsync(new EmbedRequest { Id = "d", Model = "models/none", Image = Requests.ReferenceImage }, Timely);
        await call.RequestStream.CompleteAsync();
        var answers = await call.ResponseStream.ReadAllAsync(Timely).ToDictionaryAsync(answer => answer.Id, cancellationToken: Timely);
        ReferenceArrays.AssertClose("latent", answers["a"].Embedding.Latent);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(ReferenceArrays.Picture.Rgb.Span)), answers["a"].Embedding.ImageSha256);
        Assert.Equal("image.encoded", Faults.Field(answers["b"].Error));
        Assert.Equal("image", Faults.Field(answers["c"].Error));
        Faults.IsStatus(Code.NotFound, answers["d"].Error);
    }
}
