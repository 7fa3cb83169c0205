using System.IO.Pipelines;
using Cdam.Gateway.Peeking;
using Cdam.V1;

namespace Cdam.Gateway.Tests.Peeking;

public sealed class FirstMessagePeekTests
{
    private static readonly ModelField Field = ModelFields.Of("/cdam.v1.ExplainerService/Embed")!;
    private static readonly byte[] Frame = Frames.Of(new EmbedRequest { Id = "one", Model = "models/m" });

    [Fact]
    public async Task Read_BytesOneAtATime_LeavesThemAllToBeReadAtOnce()
    {
        var pipe = new Pipe();
        var peek = PeekAsync(pipe.Reader);
        foreach (var next in Frame)
        {
            await pipe.Writer.WriteAsync(new[] { next });
        }

        Assert.Equal(PeekOutcome.Named, await peek);

        // The client sends nothing more and waits: what was looked at must come without it.
        var read = await pipe.Reader.ReadAsync(GatewayFixture.Patience);
        Assert.Equal(Frame[..(int)read.Buffer.Length], System.Buffers.BuffersExtensions.ToArray(read.Buffer));
        Assert.True(read.Buffer.Length > 5);
    }

    [Fact]
    public async Task Read_EndWithinTheMessage_IsEnded()
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(Frame.AsMemory(0, 7));
        await pipe.Writer.CompleteAsync();

        Assert.Equal(PeekOutcome.Ended, await PeekAsync(pipe.Reader));
    }

    [Fact]
    public async Task Read_ClientThatSendsNothing_IsSilent()
    {
        var message = new FirstMessage(Field, null, 1024);

        var outcome = await FirstMessagePeek.ReadAsync(new Pipe().Reader, message, TimeSpan.FromMilliseconds(20), CancellationToken.None);

        Assert.Equal(PeekOutcome.Silent, outcome);
    }

    [Fact]
    public async Task Read_ClientThatGivesUp_IsCancelled()
    {
        using var aborted = new CancellationTokenSource();
        var peek = FirstMessagePeek.ReadAsync(
            new Pipe().Reader, new FirstMessage(Field, null, 1024), TimeSpan.FromMinutes(1), aborted.Token);

        await aborted.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => peek);
    }

    private static Task<PeekOutcome> PeekAsync(PipeReader body) => FirstMessagePeek.ReadAsync(
        body, new FirstMessage(Field, null, 1024), TimeSpan.FromMinutes(1), GatewayFixture.Patience);
}
