using System.IO.Pipelines;

namespace Cdam.Gateway.Peeking;

/// <summary>Looks at a call's first message without taking it: the forwarder then reads the same bytes.</summary>
internal static class FirstMessagePeek
{
    /// <summary>Reads until the outcome is known.</summary>
    /// <param name="body">The request's; nothing of it was read before.</param>
    /// <param name="message">Is fed.</param>
    /// <param name="patience">How long the client may send nothing of use.</param>
    /// <param name="aborted">The client gave up.</param>
    /// <exception cref="OperationCanceledException">It did.</exception>
    internal static async Task<PeekOutcome> ReadAsync(PipeReader body, FirstMessage message, TimeSpan patience, CancellationToken aborted)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        limit.CancelAfter(patience);
        try
        {
            return await ReadAsync(body, message, limit.Token);
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            return PeekOutcome.Silent;
        }
    }

    private static async Task<PeekOutcome> ReadAsync(PipeReader body, FirstMessage message, CancellationToken cancellation)
    {
        var fed = 0L;
        while (true)
        {
            var read = await body.ReadAsync(cancellation);
            foreach (var piece in read.Buffer.Slice(fed))
            {
                message.Feed(piece.Span);
            }

            fed = read.Buffer.Length;
            var isLast = message.Outcome != PeekOutcome.Reading || read.IsCompleted;

            // Marked as examined, the bytes would come to the forwarder only with further ones, which a client that waits never sends.
            body.AdvanceTo(read.Buffer.Start, isLast ? read.Buffer.Start : read.Buffer.End);
            if (isLast)
            {
                return message.Outcome == PeekOutcome.Reading ? PeekOutcome.Ended : message.Outcome;
            }
        }
    }
}
