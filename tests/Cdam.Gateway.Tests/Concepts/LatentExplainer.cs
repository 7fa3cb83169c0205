using System.Security.Cryptography;
using Cdam.V1;
using Cdam.V1.Errors;
using Grpc.Core;

namespace Cdam.Gateway.Tests.Concepts;

/// <summary>Takes the bytes of an encoded image for its latent, signed, and answers in the reverse order.</summary>
internal sealed class LatentExplainer : ExplainerService.ExplainerServiceBase
{
    public const string Model = "models/latents";
    public const string Checkpoint = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    public const int Dim = 4;

    /// <summary>An image that begins with this is no image.</summary>
    public const byte Broken = 200;

    /// <summary>An image that begins with this loses the explainer.</summary>
    public const byte Fatal = 201;

    private int _embedded;

    /// <summary>Images that were read so far.</summary>
    public int Embedded => Volatile.Read(ref _embedded);

    /// <summary>What Embed's answers are cut to.</summary>
    public int AnsweredDim { get; set; } = Dim;

    public override Task<ListModelsResponse> ListModels(ListModelsRequest request, ServerCallContext context) =>
        Task.FromResult(new ListModelsResponse { Models = { Description } });

    public override Task<ListMethodsResponse> ListMethods(ListMethodsRequest request, ServerCallContext context) => Task.FromResult(new ListMethodsResponse());

    public override Task<GetModelResponse> GetModel(GetModelRequest request, ServerCallContext context) =>
        Task.FromResult(new GetModelResponse { Model = Description });

    public override async Task Embed(
        IAsyncStreamReader<EmbedRequest> requests, IServerStreamWriter<EmbedResponse> responses, ServerCallContext context)
    {
        await responses.WriteAsync(new EmbedResponse { Started = new StreamStarted { MaxInFlight = 1 } });
        var answers = new Stack<EmbedResponse>();
        await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
        {
            Interlocked.Increment(ref _embedded);
            answers.Push(Answer(request));
        }

        foreach (var answer in answers)
        {
            await responses.WriteAsync(answer);
        }
    }

    private static Model Description => new()
    {
        Name = Model, EmbeddingDim = Dim, CheckpointSha256 = { Checkpoint }, Concepts = { new ReadyConcept { Id = "ready" } },
    };

    private EmbedResponse Answer(EmbedRequest request)
    {
        var bytes = request.Image.Encoded;
        return bytes switch
        {
            { IsEmpty: false } when bytes[0] == Fatal => throw new RpcException(new Status(StatusCode.Unavailable, "gone")),
            { IsEmpty: false } when bytes[0] == Broken => new EmbedResponse { Id = request.Id, Error = WireStatus.InvalidArgument("image.encoded", "is no image") },
            _ => new EmbedResponse
            {
                Id = request.Id,
                Embedding = new Embedding
                {
                    Latent = { bytes.Take(AnsweredDim).Select(value => (float)(sbyte)value) },
                    ImageSha256 = Convert.ToHexStringLower(SHA256.HashData(bytes.Span)),
                },
            },
        };
    }
}
