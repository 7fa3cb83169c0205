using System.Buffers.Binary;
using System.Text;

namespace Cdam.Training.Tests.Lidc.Dicom;

/// <summary>Writes DICOM files for tests, wrong ones included: lengths are written as they are given.</summary>
internal sealed class DicomBuilder(bool isExplicit)
{
    public const uint Undefined = uint.MaxValue;

    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => [.. _bytes];

    public DicomBuilder Text(uint tag, string representation, string text) =>
        Element(tag, representation, Encoding.Latin1.GetBytes(text.Length % 2 == 0 ? text : text + (representation == "UI" ? '\0' : ' ')));

    public DicomBuilder Number(uint tag, int number) => Element(tag, "US", [(byte)number, (byte)(number >> 8)]);

    /// <param name="tag">Group and element.</param>
    /// <param name="representation">Written in explicit files only.</param>
    /// <param name="value">As it is written.</param>
    /// <param name="length">What the file says instead of the value's own length.</param>
    public DicomBuilder Element(uint tag, string representation, byte[] value, uint? length = null)
    {
        WriteTag(tag);
        var written = length ?? (uint)value.Length;
        if (isExplicit && tag >> 16 != 0xFFFE)
        {
            _bytes.AddRange(Encoding.Latin1.GetBytes(representation));
            if (representation is "OB" or "OW" or "SQ" or "UN" or "UT")
            {
                Write(0, 2);
                Write(written, 4);
            }
            else
            {
                Write(written, 2);
            }
        }
        else
        {
            Write(written, 4);
        }

        _bytes.AddRange(value);
        return this;
    }

    public DicomBuilder Raw(byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>A part-10 file: preamble, meta header, the elements.</summary>
    public static byte[] File(string syntax, byte[] elements, string sopClass = "1.2.840.10008.5.1.4.1.1.2")
    {
        var meta = new DicomBuilder(isExplicit: true).Text(0x00020002, "UI", sopClass).Text(0x00020010, "UI", syntax).ToArray();
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, meta.Length);
        return [.. new byte[128], .. "DICM"u8, .. new DicomBuilder(isExplicit: true).Element(0x00020000, "UL", length).ToArray(), .. meta, .. elements];
    }

    private void WriteTag(uint tag)
    {
        Write(tag >> 16, 2);
        Write(tag & 0xFFFF, 2);
    }

    private void Write(uint value, int bytes)
    {
        for (var i = 0; i < bytes; i++)
        {
            _bytes.Add((byte)(value >> 8 * i));
        }
    }
}
