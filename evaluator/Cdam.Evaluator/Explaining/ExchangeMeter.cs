using System.Diagnostics;
using Google.Protobuf;

namespace Cdam.Evaluator.Explaining;

/// <summary>What the calls of one image to its explainer take. Messages are written and read at the same time.</summary>
internal sealed class ExchangeMeter
{
    // Of gRPC's framing of a message: a flag and its length.
    private const int FrameBytes = 5;

    private long _sent;
    private long _received;

    /// <summary>Runs while an answer is awaited.</summary>
    internal Stopwatch Waiting { get; } = new();

    /// <summary>Bytes of the messages written so far, as if uncompressed.</summary>
    internal long SentBytes => Interlocked.Read(ref _sent);

    /// <summary>Bytes of the messages read so far, likewise.</summary>
    internal long ReceivedBytes => Interlocked.Read(ref _received);

    internal void Sent(IMessage message) => Interlocked.Add(ref _sent, FrameBytes + message.CalculateSize());

    internal void Received(IMessage message) => Interlocked.Add(ref _received, FrameBytes + message.CalculateSize());
}
