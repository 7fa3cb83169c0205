using System.Text;

namespace Cdam.Gateway.Peeking;

/// <summary>
/// Finds a string field in a protobuf message whose bytes come in pieces, without keeping them: unknown fields are skipped and the order
/// does not matter. Each byte is looked at once, so that a sender of tiny pieces costs no more than one of large ones.
/// </summary>
/// <remarks>
/// The first occurrence counts, where a full parser would let the last one win: reading on would hold back every picture until its end.
/// No encoder writes a singular field twice; the explainer checks the name that it parsed.
/// </remarks>
/// <param name="path">Field numbers from the message inwards.</param>
internal sealed class FieldScan(IReadOnlyList<int> path)
{
    /// <summary>The longest name that is read, bytes.</summary>
    private const int LongestName = 1024;

    private const int LongestVarint = 10;
    private const int Varint = 0;
    private const int EightBytes = 1;
    private const int Delimited = 2;
    private const int GroupStart = 3;
    private const int GroupEnd = 4;
    private const int FourBytes = 5;

    // Ends of the messages that the scan is within, as positions.
    private readonly Stack<long> _ends = new();
    private readonly List<byte> _name = [];
    private Expectation _expected = Expectation.Tag;
    private long _position;
    private long _remaining;
    private ulong _varint;
    private int _varintBytes;
    private int _groups;
    private bool _matches;

    private enum Expectation
    {
        Tag,
        Value,
        Length,
        Skipped,
        Name,
    }

    /// <summary>What the field holds; null until it was seen.</summary>
    internal string? Found { get; private set; }

    /// <summary>True where the bytes are not a message, or the name is longer than any is.</summary>
    internal bool IsMalformed { get; private set; }

    private bool IsDone => Found is not null || IsMalformed;

    /// <summary>Reads on. Bytes after the field are ignored.</summary>
    internal void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !IsDone)
        {
            var taken = _expected is Expectation.Skipped or Expectation.Name ? (int)Math.Min(_remaining, bytes.Length) : 1;
            _position += taken;
            if (_expected is Expectation.Skipped or Expectation.Name)
            {
                TakeContent(bytes[..taken]);
            }
            else
            {
                TakeVarint(bytes[0]);
            }

            bytes = bytes[taken..];
        }
    }

    private void TakeContent(ReadOnlySpan<byte> content)
    {
        if (_expected == Expectation.Name)
        {
            _name.AddRange(content);
        }

        _remaining -= content.Length;
        if (_remaining == 0)
        {
            EndContent();
        }
    }

    private void EndContent()
    {
        if (_expected == Expectation.Name)
        {
            Found = Encoding.UTF8.GetString([.. _name]);
            return;
        }

        EndField();
    }

    private void TakeVarint(byte next)
    {
        _varint |= (ulong)(next & 0x7F) << (7 * _varintBytes++);
        if ((next & 0x80) != 0)
        {
            IsMalformed = _varintBytes == LongestVarint;
            return;
        }

        var value = _varint;
        (_varint, _varintBytes) = (0, 0);
        switch (_expected)
        {
            case Expectation.Tag:
                BeginField(value >> 3, (int)(value & 7));
                break;
            case Expectation.Length:
                BeginContent(value);
                break;
            default:
                EndField();
                break;
        }
    }

    private void BeginField(ulong number, int type)
    {
        _matches = _groups == 0 && type == Delimited && number == (ulong)path[_ends.Count];
        switch (type)
        {
            case Varint:
                _expected = Expectation.Value;
                break;
            case EightBytes or FourBytes:
                (_expected, _remaining) = (Expectation.Skipped, type == EightBytes ? 8 : 4);
                break;
            case Delimited:
                _expected = Expectation.Length;
                break;
            case GroupStart or GroupEnd:
                _groups += type == GroupStart ? 1 : -1;
                EndField();
                break;
        }

        IsMalformed = number == 0 || type > FourBytes || _groups < 0;
    }

    private void BeginContent(ulong length)
    {
        var isName = _matches && _ends.Count == path.Count - 1;
        var most = isName ? LongestName : int.MaxValue;
        if (length > (ulong)most || (_ends.Count > 0 && _position + (long)length > _ends.Peek()))
        {
            IsMalformed = true;
        }
        else if (_matches && !isName)
        {
            _ends.Push(_position + (long)length);
            EndField();
        }
        else
        {
            (_expected, _remaining) = (isName ? Expectation.Name : Expectation.Skipped, (long)length);
            if (length == 0)
            {
                EndContent();
            }
        }
    }

    private void EndField()
    {
        _expected = Expectation.Tag;
        while (_ends.TryPeek(out var end) && _position >= end)
        {
            IsMalformed |= _position > end;
            _ends.Pop();
        }
    }
}
