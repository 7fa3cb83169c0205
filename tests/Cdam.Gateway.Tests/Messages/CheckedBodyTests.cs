using System.IO.Pipelines;
using Cdam.Gateway.Messages;
using Cdam.Gateway.Tests.Peeking;
using Google.Rpc;

namespace Cdam.Gateway.Tests.Messages;

public sealed class CheckedBodyTests
{
    private readonly Pipe _client = new();
    private readonly byte[] _buffer = new byte[100];
    private readonly List<int> _pieces = [];
    private readonly List<Status> _refused = [];
    private Status? _fault;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_MessageInPieces_ComesWholeAndWaitsForNothingAfterIt()
    {
        byte[] message = Frames.Of([.. Enumerable.Range(0, 40).Select(value => (byte)value)]);
        var body = Body();
        var reading = body.ReadAsync(_buffer, Cancellation);
        foreach (var piece in message.Chunk(17))
        {
            Assert.False(reading.IsCompleted);
            await Send(piece);
        }

        Assert.Equal(message.Length, await reading);
        Assert.Equal(message, _buffer[..message.Length]);
        Assert.Equal(message.Length, _pieces.Sum());
    }

    /// <summary>The first one may be all that the destination needs to answer, and the client may take its time with the second.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public async Task Read_MessageWithTheBeginningOfTheNext_WaitsForNoMoreOfThat(int length)
    {
        var body = Body();
        await Send([.. Frames.Of(new byte[length]), .. Frames.Of(new byte[60])[..3]]);
        var reading = body.ReadAsync(_buffer, Cancellation);
        Assert.True(reading.IsCompleted);
        Assert.Equal(5 + length + 3, await reading);
    }

    [Fact]
    public async Task Read_MessageLargerThanTheBuffer_FillsTheBuffer()
    {
        var body = Body();
        await Send(Frames.Of(new byte[60])[..50]);
        var reading = body.ReadAsync(_buffer.AsMemory(0, 64), Cancellation);
        await Send(Frames.Of(new byte[60])[50..]);
        Assert.Equal(64, await reading);
        Assert.Equal(1, await body.ReadAsync(_buffer, Cancellation));
    }

    [Fact]
    public async Task Read_BodyThatEndsWithinAMessage_GivesWhatCameThenItsEnd()
    {
        var body = Body();
        await Send(Frames.Of(new byte[60])[..50]);
        await _client.Writer.CompleteAsync();
        Assert.Equal(50, await body.ReadAsync(_buffer, Cancellation));
        Assert.Equal(0, await body.ReadAsync(_buffer, Cancellation));
    }

    /// <summary>A proxy waits so for bytes before it takes a buffer for them.</summary>
    [Fact]
    public async Task Read_IntoNoBuffer_WaitsForBytesAndTakesNone()
    {
        var body = Body();
        await Send(Frames.Of(new byte[20])[..10]);
        Assert.Equal(0, await body.ReadAsync(Memory<byte>.Empty, Cancellation));
        await Send(Frames.Of(new byte[20])[10..]);
        Assert.Equal(25, await body.ReadAsync(_buffer, Cancellation));
    }

    [Fact]
    public async Task Read_FaultInALaterPiece_GivesNothingOfTheMessage()
    {
        var body = Body();
        await Send(Frames.Of(new byte[60])[..30]);
        var reading = body.ReadAsync(_buffer, Cancellation);
        _fault = new Status { Message = "not so" };
        await Send(Frames.Of(new byte[60])[30..]);
        var exception = await Assert.ThrowsAsync<IOException>(async () => await reading);
        Assert.Equal("not so", exception.Message);
        Assert.Equal([_fault], _refused);
    }

    private CheckedBody Body() => new(
        _client.Reader.AsStream(),
        new MessageSizes(limit: 1000),
        piece =>
        {
            _pieces.Add(piece.Length);
            return _fault;
        },
        _refused.Add);

    private async Task Send(byte[] bytes) => await _client.Writer.WriteAsync(bytes, Cancellation);
}
