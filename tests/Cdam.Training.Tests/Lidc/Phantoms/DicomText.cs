using System.Buffers.Binary;
using System.Text;

namespace Cdam.Training.Tests.Lidc.Phantoms;

/// <summary>A check of DICOM files that shares nothing with the writer: preamble, lengths of all elements, order of tags.</summary>
internal static class DicomText
{
    /// <summary>Tags and raw values; fails where the file is not exactly one element after the other.</summary>
    public static Dictionary<uint, byte[]> Parse(byte[] file)
    {
        Assert.All(file.Take(128), value => Assert.Equal(0, value));
        Assert.Equal("DICM", Encoding.ASCII.GetString(file, 128, 4));
        var elements = new Dictionary<uint, byte[]>();
        var position = 132;
        var (metaEnd, explicitVr) = (int.MaxValue, true);
        uint last = 0;
        while (position < file.Length)
        {
            if (position >= metaEnd)
            {
                explicitVr = Text(elements[0x00020010]) == "1.2.840.10008.1.2.1";
                Assert.True(position == metaEnd || elements.Keys.Max() > 0x0002FFFF, "meta group does not end where its length says");
            }

            var group = (uint)BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(position));
            var tag = group << 16 | BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(position + 2));
            Assert.True(tag > last, $"{tag:X8} after {last:X8}");
            var (start, length) = Extent(file, position, explicitVr);
            Assert.Equal(0, length % 2);
            elements[tag] = file[start..(start + length)];
            (position, last) = (start + length, tag);
            metaEnd = tag == 0x00020000 ? position + BinaryPrimitives.ReadInt32LittleEndian(elements[tag]) : metaEnd;
        }

        Assert.Equal(file.Length, position);
        return elements;
    }

    /// <summary>A text value without padding.</summary>
    public static string Text(byte[] value) => Encoding.ASCII.GetString(value).TrimEnd('\0', ' ');

    private static (int Start, int Length) Extent(byte[] file, int position, bool explicitVr)
    {
        if (!explicitVr)
        {
            return (position + 8, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(position + 4)));
        }

        return Encoding.ASCII.GetString(file, position + 4, 2) is "OB" or "OW"
            ? (position + 12, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(position + 8)))
            : (position + 8, BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(position + 6)));
    }
}
