using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Cdam.Training.Lidc.Phantoms.Files;

/// <summary>
/// Data elements one after the other, little endian, with explicit or implicit VR (DICOM PS3.5, 7.1). They must be given in the order of
/// their tags.
/// </summary>
internal sealed class DicomDataSet(bool explicitVr)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public int Length => _bytes.WrittenCount;

    /// <summary>A text value; several are joined by backslashes. Padded to an even length, identifiers by a zero byte.</summary>
    public DicomDataSet Text(uint tag, string vr, params ReadOnlySpan<string> values)
    {
        var text = string.Join('\\', values!);
        var padded = text.Length % 2 == 0 ? text : text + (vr == "UI" ? '\0' : ' ');
        return Bytes(tag, vr, Encoding.ASCII.GetBytes(padded));
    }

    /// <summary>Decimal strings (DS), of at most 16 characters for values below 10⁸ in size, with up to six decimals.</summary>
    public DicomDataSet Decimals(uint tag, params ReadOnlySpan<double> values)
    {
        var texts = new string[values.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = values[i].ToString("0.######", CultureInfo.InvariantCulture);
        }

        return Text(tag, "DS", texts);
    }

    /// <summary>An integer string (IS).</summary>
    public DicomDataSet Integer(uint tag, int value) => Text(tag, "IS", value.ToString(CultureInfo.InvariantCulture));

    /// <summary>An unsigned number of 16 bits (US).</summary>
    public DicomDataSet UInt16(uint tag, int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, checked((ushort)value));
        return Bytes(tag, "US", bytes);
    }

    /// <summary>An unsigned number of 32 bits (UL).</summary>
    public DicomDataSet UInt32(uint tag, int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, checked((uint)value));
        return Bytes(tag, "UL", bytes);
    }

    /// <summary>A value as it is; its length must be even.</summary>
    public DicomDataSet Bytes(uint tag, string vr, ReadOnlySpan<byte> value)
    {
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteUInt16LittleEndian(head, (ushort)(tag >> 16));
        BinaryPrimitives.WriteUInt16LittleEndian(head[2..], (ushort)tag);
        _bytes.Write(head[..LengthField(head, vr, value.Length)]);
        _bytes.Write(value);
        return this;
    }

    /// <summary>Appends what was written so far.</summary>
    public void CopyTo(Stream stream) => stream.Write(_bytes.WrittenSpan);

    /// <summary>Fills in VR and length after the tag; returns the bytes that the element's head takes.</summary>
    private int LengthField(Span<byte> head, string vr, int length)
    {
        if (!explicitVr)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(head[4..], (uint)length);
            return 8;
        }

        (head[4], head[5]) = ((byte)vr[0], (byte)vr[1]);
        if (vr is "OB" or "OW")
        {
            BinaryPrimitives.WriteUInt32LittleEndian(head[8..], (uint)length);
            return 12;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(head[6..], checked((ushort)length));
        return 8;
    }
}
