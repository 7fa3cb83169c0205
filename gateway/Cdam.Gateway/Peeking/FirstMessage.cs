using System.Buffers;
using System.Buffers.Binary;

namespace Cdam.Gateway.Peeking;

/// <summary>Reads the model's name out of the first message of a gRPC call, whose bytes come in pieces.</summary>
/// <param name="field">Where the name is.</param>
/// <param name="encoding">The call's <c>grpc-encoding</c>; null where it has none.</param>
/// <param name="limit">Bytes of the message to look at, before and after decompression.</param>
internal sealed class FirstMessage(ModelField field, string? encoding, int limit)
{
    private const int PrefixLength = 5;

    private readonly byte[] _prefix = new byte[PrefixLength];
    private readonly FieldScan _scan = new(field.Numbers);
    private readonly ArrayBufferWriter<byte> _compressed = new();
    private int _prefixBytes;
    private uint _length;
    private long _seen;

    internal PeekOutcome Outcome { get; private set; }

    /// <summary>Null unless <see cref="Outcome"/> is <see cref="PeekOutcome.Named"/>.</summary>
    internal string? Model { get; private set; }

    private bool IsCompressed => _prefix[0] == 1;

    /// <summary>Reads on; what follows the first message is ignored.</summary>
    internal PeekOutcome Feed(ReadOnlySpan<byte> bytes)
    {
        if (Outcome == PeekOutcome.Reading && _prefixBytes < PrefixLength)
        {
            var taken = Math.Min(bytes.Length, PrefixLength - _prefixBytes);
            bytes[..taken].CopyTo(_prefix.AsSpan(_prefixBytes));
            _prefixBytes += taken;
            bytes = bytes[taken..];
            if (_prefixBytes == PrefixLength)
            {
                Begin();
            }
        }

        if (Outcome == PeekOutcome.Reading && _prefixBytes == PrefixLength)
        {
            Take(bytes);
        }

        return Outcome;
    }

    private void Begin()
    {
        _length = BinaryPrimitives.ReadUInt32BigEndian(_prefix.AsSpan(1));
        Outcome = _prefix[0] switch
        {
            0 => PeekOutcome.Reading,
            1 => Decompression.CanRead(encoding) ? PeekOutcome.Reading : PeekOutcome.UnknownEncoding,
            _ => PeekOutcome.Malformed,
        };
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        var wanted = Math.Min(_length, limit);
        var piece = bytes[..(int)Math.Min(wanted - _seen, bytes.Length)];
        _seen += piece.Length;
        var end = PeekOutcome.Unnamed;
        if (!IsCompressed)
        {
            _scan.Feed(piece);
        }
        else
        {
            _compressed.Write(piece);
            end = _seen == wanted ? Decompression.Scan(_compressed.WrittenSpan, encoding!, _scan, limit) : PeekOutcome.Reading;
        }

        Outcome = Conclude(_seen < wanted ? PeekOutcome.Reading : _length > limit ? PeekOutcome.TooFar : end);
    }

    /// <param name="without">What is known where the scan has not seen the field.</param>
    private PeekOutcome Conclude(PeekOutcome without)
    {
        Model = string.IsNullOrEmpty(_scan.Found) ? null : _scan.Found;
        return _scan switch
        {
            { IsMalformed: true } => PeekOutcome.Malformed,
            { Found: "" } => PeekOutcome.Unnamed,
            { Found: not null } => PeekOutcome.Named,
            _ => without,
        };
    }
}
