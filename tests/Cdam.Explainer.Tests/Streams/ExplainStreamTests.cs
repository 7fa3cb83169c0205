using System.Runtime.InteropServices;
using Cdam.Explainer.Tests.Running;
using Cdam.V1;
using Google.Rpc;
using Grpc.Core;

namespace Cdam.Explainer.Tests.Streams;

public sealed class ExplainStreamTests(SharedExplainer shared)
{
    private static readonly CancellationToken Timely = TestContext.Current.CancellationToken;
    private readonly ExplainerService.ExplainerServiceClient _client = shared.Host.Client;

    [Fact]
    public async Task ExplainStream_FirstMessage_ComesBeforeAnyRequest()
    {
        using var call = _client.ExplainStream(cancellationToken: Timely);
        Assert.True(await call.ResponseStream.MoveNext(Timely));
        Assert.Equal(new ExplainStreamResponse { Started = new StreamStarted { MaxInFlight = 16 } }, call.ResponseStream.Current);
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(Timely));
    }

    [Fact]
    public async Task ExplainStream_TensorsAskedFor_ComeInChunksBeforeMapsAndReproduceThem()
    {
        var message = new ExplainStreamRequest
        {
            Id = "a", Request = Requests.Explain(), IncludeTokens = true, IncludeTokenGradients = true, IncludeAttention = true,
        };
        message.Request.Targets.Add([new Target { Index = 1 }, new Target { Index = 2 }]);
        var answers = await TalkAsync(message);

        var order = answers.Skip(1).Select(answer => answer.EventCase).Distinct();
        Assert.Equal([ExplainStreamResponse.EventOneofCase.Chunk, ExplainStreamResponse.EventOneofCase.Map, ExplainStreamResponse.EventOneofCase.Result], order);
        var chunks = answers.Where(answer => answer.Chunk is not null).Select(answer => answer.Chunk).ToList();
        var tokens = Assemble(chunks, TokenTensorKind.Tokens, null, [65, 48]);
        var gradients = Assemble(chunks, TokenTensorKind.TokenGradients, 1, [65, 48]);
        ReferenceArrays.AssertClose("tokens", tokens);
        ReferenceArrays.AssertClose("token_gradients", gradients);
        ReferenceArrays.AssertClose("attention_heads", Assemble(chunks, TokenTensorKind.Attention, null, [3, 65]));
        Assert.Equal(65 * 48, Assemble(chunks, TokenTensorKind.TokenGradients, 2, [65, 48]).Length);

        var map = answers.First(answer => answer.Map is not null).Map;
        var scores = Enumerable.Range(1, 64).Select(token => Enumerable.Range(token * 48, 48).Sum(i => tokens[i] * gradients[i]));
        ReferenceArrays.AssertClose(map.Scores, scores);
        Assert.Empty(answers[^1].Result.Maps);
        ReferenceArrays.AssertClose("logits", answers[^1].Result.Logits);
    }

    [Fact]
    public async Task ExplainStream_LargeTensors_AreCutAt256KiBWithoutGaps()
    {
        var image = new Image { Picture = Requests.RandomPicture(5, 320, 320) };     // 1601 tokens × 48 × 4 bytes: two chunks
        var message = new ExplainStreamRequest { Id = "large", Request = new ExplainRequest { Model = Requests.Dino, Image = image }, IncludeTokens = true };
        var chunks = (await TalkAsync(message)).Where(answer => answer.Chunk is not null).Select(answer => answer.Chunk).ToList();
        Assert.Equal(2, chunks.Count);
        Assert.Equal(1601 * 48, Assemble(chunks, TokenTensorKind.Tokens, null, [1601, 48]).Length);
    }

    [Fact]
    public async Task ExplainStream_ManyRequests_AreAllAnsweredUnderTheirIdsOnce()
    {
        var messages = Enumerable.Range(0, 50).Select(index => new ExplainStreamRequest
        {
            Id = $"id-{index}",
            Request = new ExplainRequest
            {
                // Empty means the first message's.
                Model = index == 0 ? Requests.Wide : index % 5 == 1 ? Requests.Dino : "",
                Image = new Image { Picture = Requests.RandomPicture(index, index % 2 == 0 ? 64 : 96) },
                RequestId = $"r-{index}",
            },
        }).ToArray();
        var answers = await TalkAsync(messages);
        var results = answers.Where(answer => answer.Result is not null).ToDictionary(answer => answer.Id, answer => answer.Result);
        Assert.Equal(50, results.Count);
        Assert.All(results, result => Assert.Equal(result.Key.Replace("id", "r", StringComparison.Ordinal), result.Value.RequestId));
        Assert.All(results, result => Assert.Equal(int.Parse(result.Key.AsSpan(3), null) % 5 == 1 ? Requests.Dino : Requests.Wide, result.Value.Model));
        Assert.Equal(50, answers.Count(answer => answer.Map is not null));
    }

    [Fact]
    public async Task ExplainStream_ItemFaults_AreInTheItemsAndTheStreamGoesOn()
    {
        var bad = Requests.Explain();
        bad.Targets.Add(new Target { Top = 0 });
        var answers = await TalkAsync(
            new ExplainStreamRequest { Id = "first", Request = Requests.Explain() },
            new ExplainStreamRequest { Id = "bad", Request = bad },
            new ExplainStreamRequest { Id = "broken", Request = new ExplainRequest { Image = new Image { Encoded = Google.Protobuf.ByteString.Empty } } },
            new ExplainStreamRequest { Id = "none" },
            new ExplainStreamRequest { Request = Requests.Explain() },
            new ExplainStreamRequest { Id = new string('x', 129), Request = Requests.Explain() },
            new ExplainStreamRequest { Id = "unknown", Request = Requests.Explain("models/none") },
            new ExplainStreamRequest { Id = "last", Request = Requests.Explain() });
        var errors = answers.Where(answer => answer.Error is not null).ToDictionary(answer => answer.Id, answer => answer.Error);
        Assert.Equal("request.targets[0].top", Faults.Field(errors["bad"]));
        Assert.Equal("request.image.encoded", Faults.Field(errors["broken"]));
        Assert.Equal("request", Faults.Field(errors["none"]));
        Assert.Equal("id", Faults.Field(errors[""]));
        Assert.Equal("id", Faults.Field(errors[new string('x', 128)]));
        Faults.IsStatus(Code.NotFound, errors["unknown"]);
        Assert.Equal(["first", "last"], answers.Where(answer => answer.Result is not null).Select(answer => answer.Id).Order());
    }

    [Fact]
    public async Task ExplainStream_IdOfAnOutstandingRequest_IsRefusedAndTheFirstGoesOn()
    {
        var answers = await WhileHeldAsync(
            new ExplainStreamRequest { Id = "same", Request = Requests.Explain() },
            new ExplainStreamRequest { Id = "same", Request = Requests.Explain() });
        Assert.Equal("id", Faults.Field(Assert.Single(answers, answer => answer.Error is not null).Error));
        Assert.Equal("same", Assert.Single(answers, answer => answer.Result is not null).Id);
    }

    [Fact]
    public async Task ExplainStream_ModelMissingInTheFirstMessage_IsItsFault()
    {
        var request = Requests.Explain("");
        var answers = await TalkAsync(new ExplainStreamRequest { Id = "a", Request = request });
        Assert.Equal("request.model", Faults.Field(answers[^1].Error));
    }

    [Fact]
    public async Task ExplainStream_HalfClose_FinishesWhatIsOutstanding()
    {
        var messages = Enumerable.Range(0, 12).Select(index => new ExplainStreamRequest { Id = $"{index}", Request = Requests.Explain() });
        var answers = await WhileHeldAsync([.. messages]);
        Assert.Equal(12, answers.Count(answer => answer.Result is not null));
    }

    private static float[] Assemble(IEnumerable<TokenTensorChunk> all, TokenTensorKind kind, int? output, long[] shape)
    {
        var bytes = new List<byte>();
        var chunks = all.Where(chunk => chunk.Kind == kind && chunk.Target?.OutputIndex == output).Select(chunk => chunk.Chunk).ToList();
        foreach (var chunk in chunks)
        {
            Assert.Equal(bytes.Count, chunk.Offset);
            Assert.Equal(shape, chunk.Shape);
            Assert.InRange(chunk.Data.Length, 1, 256 << 10);
            bytes.AddRange(chunk.Data.ToByteArray());
        }

        Assert.Equal([chunks.Count - 1], chunks.Select((chunk, index) => (chunk.Last, index)).Where(entry => entry.Last).Select(entry => entry.index));
        return MemoryMarshal.Cast<byte, float>(bytes.ToArray()).ToArray();
    }

    private Task<List<ExplainStreamResponse>> TalkAsync(params ExplainStreamRequest[] messages) => TalkAsync(messages, null);

    /// <summary>Answers of requests that are all sent, and the stream half-closed, before the device does anything.</summary>
    private async Task<List<ExplainStreamResponse>> WhileHeldAsync(params ExplainStreamRequest[] messages)
    {
        using var hold = await shared.Host.HoldDeviceAsync();
        var sent = new TaskCompletionSource();
        var talk = TalkAsync(messages, sent);
        await sent.Task;
        await Task.Delay(100, Timely);
        hold.Dispose();
        return await talk;
    }

    private async Task<List<ExplainStreamResponse>> TalkAsync(ExplainStreamRequest[] messages, TaskCompletionSource? sent)
    {
        using var call = _client.ExplainStream(cancellationToken: Timely);
        var sending = Task.Run(async () =>
        {
            foreach (var message in messages)
            {
                await call.RequestStream.WriteAsync(message, Timely);
            }

            await call.RequestStream.CompleteAsync();
            sent?.SetResult();
        });
        var answers = await call.ResponseStream.ReadAllAsync(Timely).ToListAsync(Timely);
        await sending;
        return answers;
    }
}
