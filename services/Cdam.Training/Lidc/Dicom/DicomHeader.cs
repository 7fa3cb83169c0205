using System.Globalization;
using System.Text;

namespace Cdam.Training.Lidc.Dicom;

/// <summary>The values of a file's top-level elements that <see cref="DicomTags.Names"/> lists, as text or numbers with their rules.</summary>
/// <param name="path">For messages.</param>
internal sealed class DicomHeader(string path)
{
    private readonly Dictionary<DicomTag, byte[]> _values = [];

    /// <summary>Place of the pixels in the file; null where there are none.</summary>
    public long? PixelOffset { get; private set; }

    /// <summary>Bytes of the pixels; all of them are in the file.</summary>
    public long PixelBytes { get; private set; }

    /// <returns>False if the tag was there before.</returns>
    public bool TryAdd(DicomTag tag, byte[] value) => _values.TryAdd(tag, value);

    public void SetPixels(long offset, long bytes) => (PixelOffset, PixelBytes) = (offset, bytes);

    /// <summary>Text without padding; null where the element is absent or empty.</summary>
    public string? OptionalText(DicomTag tag)
    {
        // UIDs are padded by NUL, other text by spaces.
        var text = _values.TryGetValue(tag, out var value) ? Encoding.Latin1.GetString(value).Trim(' ', '\0') : "";
        return text.Length > 0 ? text : null;
    }

    public string Text(DicomTag tag) => OptionalText(tag) ?? throw Fail(tag, "is absent or empty", "is needed");

    /// <summary>Decimal strings (DS), <paramref name="count"/> of them, each finite and of magnitude up to <paramref name="largest"/>.</summary>
    public double[] Decimals(DicomTag tag, int count, double largest)
    {
        var text = Text(tag);
        var numbers = text.Split('\\').Select(part => Decimal(part, largest)).ToArray();
        return numbers.Length == count && Array.TrueForAll(numbers, number => number is not null)
            ? Array.ConvertAll(numbers, number => number!.Value)
            : throw Fail(tag, $"is {DicomInput.Quote(text)}", $"must be {count} decimal numbers from {-largest} to {largest}");
    }

    /// <summary>An integer string (IS); null where absent.</summary>
    public int? OptionalInteger(DicomTag tag)
    {
        if (OptionalText(tag) is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Fail(tag, $"is {DicomInput.Quote(text)}", "must be an integer");
    }

    /// <summary>A 16-bit number (US) within a range.</summary>
    public int Number(DicomTag tag, int lowest, int highest)
    {
        if (!_values.TryGetValue(tag, out var value) || value.Length != sizeof(ushort))
        {
            throw Fail(tag, value is null ? "is absent" : $"has {value.Length} bytes", "must be one 16-bit number");
        }

        var number = value[0] | value[1] << 8;
        var rule = lowest == highest ? $"must be {lowest}" : $"must be {lowest} to {highest}";
        return number >= lowest && number <= highest ? number : throw Fail(tag, $"is {number}", rule);
    }

    /// <summary>A message about one element.</summary>
    public LidcException Fail(DicomTag tag, string found, string rule) => new($"{path}: {tag} {found}; {rule}");

    private static double? Decimal(string text, double largest) =>
        double.TryParse(text.Trim(' ', '\0'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= largest
            ? number
            : null;
}
