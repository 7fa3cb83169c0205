using Cdam.Gateway.Peeking;
using Cdam.V1;
using Google.Protobuf;

namespace Cdam.Gateway.Tests.Peeking;

public sealed class FirstMessageTests
{
    private const int Limit = 4096;

    private static readonly ModelField Direct = ModelFields.Of("/cdam.v1.ExplainerService/Explain")!;

    [Theory]
    [InlineData("Explain", "model")]
    [InlineData("ExplainStream", "request.model")]
    [InlineData("Predict", "setup.model")]
    [InlineData("Embed", "model")]
    [InlineData("GetModel", "name")]
    [InlineData("ListModels", null)]
    [InlineData("ListMethods", null)]
    [InlineData("Unheard", null)]
    public void Fields_OfEachMethod_AreThoseOfItsDescriptor(string method, string? field) =>
        Assert.Equal(field, ModelFields.Of($"/cdam.v1.ExplainerService/{method}")?.Name);

    public static TheoryData<string, byte[]> Messages => new()
    {
        { "Explain", new ExplainRequest { Model = "models/m", RequestId = "id" }.ToByteArray() },
        { "ExplainStream", new ExplainStreamRequest { Id = "1", Request = new ExplainRequest { Model = "models/m" } }.ToByteArray() },
        { "Predict", new PredictRequest { Setup = new PredictSetup { Model = "models/m", OutputIndices = { 1, 2 } } }.ToByteArray() },
        { "Embed", new EmbedRequest { Id = "id", Model = "models/m" }.ToByteArray() },
        { "GetModel", new GetModelRequest { Name = "models/m" }.ToByteArray() },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void Feed_AMessageByteByByte_NamesItsModelHoweverItIsPacked(string method, byte[] message)
    {
        var field = ModelFields.Of($"/cdam.v1.ExplainerService/{method}")!;
        foreach (var (frame, encoding) in new[]
        {
            (Frames.Of(message), null), (Frames.Of(message), "gzip"), (Frames.Compressed(message, "gzip"), "gzip"), (Frames.Compressed(message, "deflate"), "deflate"),
        })
        {
            var first = new FirstMessage(field, encoding, Limit);

            var outcomes = frame.Select(next => first.Feed([next])).ToList();

            Assert.Equal((PeekOutcome.Named, "models/m"), (outcomes[^1], first.Model));
            Assert.Equal(PeekOutcome.Reading, outcomes[4]);
        }
    }

    [Fact]
    public void Feed_ModelFirstInALongMessage_IsNamedBeforeTheRestHasCome()
    {
        var frame = Frames.Of(new ExplainRequest { Model = "models/m", Image = new Image { Encoded = ByteString.CopyFrom(new byte[100_000]) } });
        var first = new FirstMessage(Direct, null, Limit);

        Assert.Equal(PeekOutcome.Named, first.Feed(frame.AsSpan(0, 20)));
    }

    [Fact]
    public void Feed_SecondMessageWithAnotherName_IsNotLookedAt()
    {
        var first = new FirstMessage(Direct, null, Limit);

        var outcome = first.Feed([.. Frames.Of(new ExplainRequest { RequestId = "x" }), .. Frames.Of(new ExplainRequest { Model = "models/m" })]);

        Assert.Equal((PeekOutcome.Unnamed, (string?)null), (outcome, first.Model));
    }

    public static TheoryData<string, byte[], string?, int> Refused => new()
    {
        { "empty message", Frames.Of([]), null, (int)PeekOutcome.Unnamed },
        { "empty name", Frames.Of(Frames.Field(1)), null, (int)PeekOutcome.Unnamed },
        { "empty message, compressed", Frames.Compressed([], "gzip"), "gzip", (int)PeekOutcome.Unnamed },
        { "flag 7", Frames.Of([1], flag: 7), null, (int)PeekOutcome.Malformed },
        { "no message of protobuf", Frames.Of([14, 0]), null, (int)PeekOutcome.Malformed },
        { "not gzip", Frames.Of([1, 2, 3, 4], flag: 1), "gzip", (int)PeekOutcome.Malformed },
        { "compressed without encoding", Frames.Of([1], flag: 1), null, (int)PeekOutcome.UnknownEncoding },
        { "compressed by another", Frames.Of([1], flag: 1), "zstd", (int)PeekOutcome.UnknownEncoding },
        { "name behind the limit", Frames.Of([.. Frames.Field(9, new byte[Limit]), .. Frames.Field(1, 65)]), null, (int)PeekOutcome.TooFar },
        { "a bomb", Frames.Compressed(Frames.Field(9, new byte[10_000_000]), "gzip"), "gzip", (int)PeekOutcome.TooFar },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Feed_MessageThatNamesNone_SaysWhy(string what, byte[] frame, string? encoding, int expected)
    {
        var first = new FirstMessage(Direct, encoding, Limit);

        var outcome = first.Feed(frame);

        Assert.True((PeekOutcome)expected == outcome, $"{what}: {outcome}");
        Assert.Null(first.Model);
    }
}
