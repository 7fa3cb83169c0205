using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Cdam.Attribution.Checkpoints.Pickles;

/// <summary>
/// Reads the bytes of a pickle forwards through a small buffer; a lying length is found out before anything is allocated for it.
/// </summary>
internal sealed class PickleInput
{
    /// <summary>The state dicts of models with billions of weights take a few megabytes: names and shapes, no data.</summary>
    private const long LongestPickle = 1 << 26;
    private const int LargestBuffer = 1 << 14;
    private const int LongestLine = 256;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private readonly CheckpointFile _file;
    private readonly string _label;
    private readonly long _start;
    private readonly long _end;
    private readonly byte[] _buffer;
    private long _bufferStart;
    private int _filled;
    private int _next;

    /// <param name="file">The file.</param>
    /// <param name="label">How messages call the pickle.</param>
    /// <param name="start">Its first byte in the file.</param>
    /// <param name="end">A byte after which it cannot go on.</param>
    public PickleInput(CheckpointFile file, string label, long start, long end)
    {
        _file = file;
        _label = label;
        _start = start;
        _end = Math.Min(end, start + LongestPickle);
        _bufferStart = start;
        _buffer = new byte[Math.Clamp(_end - start, 0, LargestBuffer)];
    }

    /// <summary>Bytes read so far.</summary>
    public long Position => FilePosition - _start;

    /// <summary>Offset in the file of the next byte.</summary>
    public long FilePosition => _bufferStart + _next;

    /// <summary>Where messages place a fault.</summary>
    public long OpcodePosition { get; private set; }

    private long Remaining => _end - FilePosition;

    public PickleOpcode ReadOpcode()
    {
        OpcodePosition = Position;
        return (PickleOpcode)ReadByte();
    }

    public byte ReadByte() => Take(1)[0];

    public int ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>A 64-bit length; those above 2^63 come out negative and are refused where they are used.</summary>
    public long ReadLength64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    /// <summary>A little-endian two's complement number, as a long where it fits.</summary>
    public object ReadLong(int byteCount)
    {
        var number = new BigInteger(Take(byteCount));
        // The cast to object keeps the compiler from widening the long to a BigInteger again.
        return number >= long.MinValue && number <= long.MaxValue ? (object)(long)number : number;
    }

    public string ReadUtf8(long byteCount)
    {
        try
        {
            return StrictUtf8.GetString(Take(byteCount));
        }
        catch (DecoderFallbackException)
        {
            throw Fail("a text is not valid UTF-8");
        }
    }

    /// <summary>A Python 2 string: bytes of no known encoding, ASCII in practice.</summary>
    public string ReadLatin1(long byteCount) => Encoding.Latin1.GetString(Take(byteCount));

    /// <summary>Text up to a line feed, which is dropped.</summary>
    public string ReadLine()
    {
        Span<byte> line = stackalloc byte[LongestLine];
        for (var length = 0; length < LongestLine; length++)
        {
            line[length] = ReadByte();
            if (line[length] == '\n')
            {
                return Encoding.Latin1.GetString(line[..length]);
            }
        }

        throw Fail($"a line is longer than {LongestLine} bytes");
    }

    public void Skip(long byteCount)
    {
        CheckRemaining(byteCount);
        if (byteCount <= _filled - _next)
        {
            _next += (int)byteCount;
            return;
        }

        _bufferStart = FilePosition + byteCount;
        _filled = 0;
        _next = 0;
    }

    /// <summary>An exception that names the file, the pickle and the opcode's position.</summary>
    public CheckpointException Fail(string message) => _file.Fail($"{_label}, byte {OpcodePosition}: {message}");

    /// <summary>The next bytes, valid until the next call.</summary>
    private ReadOnlySpan<byte> Take(long byteCount)
    {
        if (byteCount < 0 || byteCount > _filled - _next)
        {
            CheckRemaining(byteCount);
            if (byteCount > _buffer.Length)
            {
                return TakeLarge((int)byteCount);
            }

            Refill();
        }

        var taken = _buffer.AsSpan(_next, (int)byteCount);
        _next += (int)byteCount;
        return taken;
    }

    private byte[] TakeLarge(int byteCount)
    {
        var bytes = new byte[byteCount];
        _file.Read(FilePosition, bytes);
        Skip(byteCount);
        return bytes;
    }

    private void Refill()
    {
        _bufferStart = FilePosition;
        _next = 0;
        _filled = (int)Math.Min(_buffer.Length, Remaining);
        _file.Read(_bufferStart, _buffer.AsSpan(0, _filled));
    }

    private void CheckRemaining(long byteCount)
    {
        if (byteCount < 0 || byteCount > Remaining)
        {
            throw Fail(
                $"the pickle is cut off or its length is wrong: {(ulong)byteCount} bytes wanted, {Remaining} left"
                + $" (a pickle may have at most {LongestPickle} bytes)");
        }
    }
}
