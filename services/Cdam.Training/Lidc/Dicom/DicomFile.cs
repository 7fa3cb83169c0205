using System.Text;

namespace Cdam.Training.Lidc.Dicom;

/// <summary>Reads what <see cref="DicomTags"/> names of a part-10 file (PS3.10) and notes where the pixels lie, without reading them.</summary>
internal static class DicomFile
{
    private const int PreambleBytes = 128;

    /// <summary>The longest value that is read: six decimal strings of 16 characters take 101.</summary>
    private const int LongestValue = 256;

    /// <summary>CT Image Storage and its enhanced and legacy-converted forms start so.</summary>
    private const string CtStorage = "1.2.840.10008.5.1.4.1.1.2";

    /// <returns>Null for a file whose transfer syntax cannot be read, but which says that it is no CT image.</returns>
    /// <exception cref="LidcException">The file is no DICOM file, damaged, or a CT image of an unsupported transfer syntax.</exception>
    public static DicomHeader? Read(DicomInput input)
    {
        CheckMagic(input);
        var header = new DicomHeader(input.Path);
        var elements = new DicomElements(input);
        var first = ReadMeta(input, header, elements);
        var syntax = header.Text(DicomTags.TransferSyntaxUid);
        if (!TransferSyntaxes.IsSupported(syntax))
        {
            if (header.OptionalText(DicomTags.MediaStorageSopClassUid)?.StartsWith(CtStorage, StringComparison.Ordinal) == false)
            {
                return null;
            }

            throw header.Fail(
                DicomTags.TransferSyntaxUid,
                $"is {TransferSyntaxes.Describe(syntax)}",
                "must be Explicit or Implicit VR Little Endian: decompress first, for example with dcmtk's dcmconv, dcmdjpeg or dcmdrle");
        }

        input.MoveTo(first);
        ReadDataSet(input, header, elements, syntax == TransferSyntaxes.ExplicitLittleEndian);
        return header;
    }

    private static void CheckMagic(DicomInput input)
    {
        if (input.Length < PreambleBytes + 4)
        {
            throw input.Fail($"has {input.Length} bytes; a DICOM file has at least {PreambleBytes + 4}");
        }

        input.Skip(PreambleBytes, "the preamble");
        Span<byte> magic = stackalloc byte[4];
        input.Read(magic, "the magic number");
        if (!magic.SequenceEqual("DICM"u8))
        {
            throw input.Fail($"has {DicomInput.Quote(Encoding.Latin1.GetString(magic))} at byte {PreambleBytes}; a DICOM file has \"DICM\" there");
        }
    }

    /// <summary>Reads group 2, which is always explicit VR little endian.</summary>
    /// <returns>The place of the first element after it.</returns>
    private static long ReadMeta(DicomInput input, DicomHeader header, DicomElements elements)
    {
        while (input.Position < input.Length)
        {
            var start = input.Position;
            if (input.ReadUInt16("the meta header") != DicomTags.TransferSyntaxUid.Group)
            {
                return start;
            }

            input.MoveTo(start);
            ReadElement(input, header, elements, elements.Next(isExplicit: true), isExplicit: true);
        }

        return input.Length;
    }

    private static void ReadDataSet(DicomInput input, DicomHeader header, DicomElements elements, bool isExplicit)
    {
        while (input.Position < input.Length && header.PixelOffset is null)
        {
            var element = elements.Next(isExplicit);
            elements.CheckOutsideItems(element);
            if (element.Tag == DicomTags.PixelData)
            {
                NotePixels(input, header, element);
            }
            else
            {
                ReadElement(input, header, elements, element, isExplicit);
            }
        }
    }

    private static void NotePixels(DicomInput input, DicomHeader header, DicomElement element)
    {
        if (element.Representation is not (null or "OW" or "OB"))
        {
            throw header.Fail(element.Tag, $"has value representation {element.Representation}", "must be OW or OB");
        }

        var bytes = element.Length ?? throw header.Fail(element.Tag, "has no length, as compressed pixels have", "must be uncompressed");
        header.SetPixels(input.Position, bytes);
        input.Skip(bytes, $"{element}");
    }

    private static void ReadElement(DicomInput input, DicomHeader header, DicomElements elements, DicomElement element, bool isExplicit)
    {
        if (!DicomTags.Names.ContainsKey(element.Tag))
        {
            elements.Skip(element, isExplicit);
            return;
        }

        if (element.Length is not <= LongestValue)
        {
            throw header.Fail(element.Tag, $"has {element.Length?.ToString() ?? "an undefined number of"} bytes", $"may have at most {LongestValue}");
        }

        var value = new byte[element.Length.Value];
        input.Read(value, $"{element}");
        if (!header.TryAdd(element.Tag, value))
        {
            throw header.Fail(element.Tag, "stands twice", "may stand once");
        }
    }
}
