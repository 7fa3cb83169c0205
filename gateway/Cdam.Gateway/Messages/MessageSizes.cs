using System.Buffers.Binary;

namespace Cdam.Gateway.Messages;

/// <summary>Follows the lengths of a gRPC stream's messages, whose bytes come in pieces.</summary>
/// <param name="limit">The largest message, bytes.</param>
internal sealed class MessageSizes(int limit)
{
    private const int PrefixLength = 5;

    private readonly byte[] _prefix = new byte[PrefixLength];
    private int _prefixBytes;
    private long _left;

    /// <summary>The length of the first message that is larger than the limit; null while there was none.</summary>
    internal long? Excess { get; private set; }

    /// <summary>How many messages were read to their ends.</summary>
    internal long Ended { get; private set; }

    /// <summary>Whether some of a message, or of its prefix, was read and some is still to come.</summary>
    internal bool IsWithinMessage => _left > 0 || _prefixBytes > 0;

    /// <summary>Reads on.</summary>
    internal void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && Excess is null)
        {
            var taken = (int)Math.Min(_left > 0 ? _left : PrefixLength - _prefixBytes, bytes.Length);
            if (_left > 0)
            {
                _left -= taken;
                Ended += _left == 0 ? 1 : 0;
            }
            else
            {
                bytes[..taken].CopyTo(_prefix.AsSpan(_prefixBytes));
                _prefixBytes += taken;
                Begin();
            }

            bytes = bytes[taken..];
        }
    }

    private void Begin()
    {
        if (_prefixBytes == PrefixLength)
        {
            _prefixBytes = 0;
            _left = BinaryPrimitives.ReadUInt32BigEndian(_prefix.AsSpan(1));
            Excess = _left > limit ? _left : null;
            Ended += _left == 0 ? 1 : 0;
        }
    }
}
