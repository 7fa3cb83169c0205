using System.Text;

namespace Cdam.Training.Lidc.Dicom;

/// <summary>Reads the heads of data elements and steps over values, nested sequences among them (PS3.5, section 7).</summary>
internal sealed class DicomElements(DicomInput input)
{
    /// <summary>Real files nest four or five deep.</summary>
    private const int DeepestNesting = 32;

    private const uint UndefinedLength = uint.MaxValue;

    /// <summary>Reads the head of the element that comes next.</summary>
    /// <param name="isExplicit">Whether value representations are written out.</param>
    public DicomElement Next(bool isExplicit)
    {
        var tag = ReadTag();
        if (tag.Group == DicomTags.Item.Group)
        {
            // Items and delimiters never have a value representation.
            return new DicomElement(tag, null, Defined(tag, input.ReadUInt32($"{tag}")));
        }

        if (!isExplicit)
        {
            return new DicomElement(tag, null, Defined(tag, input.ReadUInt32($"{tag}")));
        }

        var representation = ReadRepresentation(tag);
        if (!IsLongForm(representation))
        {
            return new DicomElement(tag, representation, Defined(tag, input.ReadUInt16($"{tag}")));
        }

        input.ReadUInt16($"{tag}"); // Reserved.
        return new DicomElement(tag, representation, Defined(tag, input.ReadUInt32($"{tag}")));
    }

    /// <summary>Steps over the value of an element whose head was just read.</summary>
    public void Skip(DicomElement element, bool isExplicit) => Skip(element, isExplicit, depth: 0);

    private void Skip(DicomElement element, bool isExplicit, int depth)
    {
        if (element.Length is { } length)
        {
            input.Skip(length, $"{element}");
            return;
        }

        if (element.Representation is not (null or "SQ" or "UN"))
        {
            throw input.Fail($"{element} of type {element.Representation} has no length; only sequences may lack one in this transfer syntax");
        }

        if (depth == DeepestNesting)
        {
            throw input.Fail($"{element} is nested deeper than {DeepestNesting} sequences");
        }

        // Unknown (UN) of undefined length is a sequence in implicit VR, whatever the file's syntax (PS3.5, section 6.2.2).
        SkipItems(element, isExplicit && element.Representation != "UN", depth);
    }

    private void SkipItems(DicomElement sequence, bool isExplicit, int depth)
    {
        while (true)
        {
            var item = Next(isExplicit);
            if (item.Tag == DicomTags.SequenceDelimitation)
            {
                CheckEmpty(item);
                return;
            }

            if (item.Tag != DicomTags.Item)
            {
                throw input.Fail($"{sequence} holds {item} at offset {input.Position}; only items may stand there");
            }

            if (item.Length is { } length)
            {
                input.Skip(length, $"an item of {sequence}");
            }
            else
            {
                SkipItem(isExplicit, depth);
            }
        }
    }

    private void SkipItem(bool isExplicit, int depth)
    {
        while (true)
        {
            var element = Next(isExplicit);
            if (element.Tag == DicomTags.ItemDelimitation)
            {
                CheckEmpty(element);
                return;
            }

            CheckOutsideItems(element);
            Skip(element, isExplicit, depth + 1);
        }
    }

    /// <summary>Refuses an item or delimiter where an element should stand.</summary>
    public void CheckOutsideItems(DicomElement element)
    {
        if (element.Tag.Group == DicomTags.Item.Group)
        {
            throw input.Fail($"{element} at offset {input.Position} does not belong to a sequence");
        }
    }

    private void CheckEmpty(DicomElement delimiter)
    {
        if (delimiter.Length != 0)
        {
            throw input.Fail($"{delimiter} has length {delimiter.Length}; must be 0");
        }
    }

    private DicomTag ReadTag()
    {
        var offset = input.Position;
        var group = input.ReadUInt16($"the element at offset {offset}");
        return new DicomTag(group, input.ReadUInt16($"the element at offset {offset}"));
    }

    private string ReadRepresentation(DicomTag tag)
    {
        Span<byte> letters = stackalloc byte[2];
        input.Read(letters, $"{tag}");
        var representation = Encoding.Latin1.GetString(letters);
        return IsShortForm(representation) || IsLongForm(representation)
            ? representation
            : throw input.Fail($"{tag} has value representation {DicomInput.Quote(representation)}; must be one of PS3.5");
    }

    private uint? Defined(DicomTag tag, uint length)
    {
        if (length == UndefinedLength)
        {
            return null;
        }

        return length % 2 == 0 ? length : throw input.Fail($"{tag} has length {length}; must be even");
    }

    private static bool IsShortForm(string representation) => representation is
        "AE" or "AS" or "AT" or "CS" or "DA" or "DS" or "DT" or "FD" or "FL" or "IS" or "LO" or "LT" or "PN" or "SH" or "SL" or "SS"
        or "ST" or "TM" or "UI" or "UL" or "US";

    private static bool IsLongForm(string representation) => representation is
        "OB" or "OD" or "OF" or "OL" or "OV" or "OW" or "SQ" or "SV" or "UC" or "UN" or "UR" or "UT" or "UV";
}
