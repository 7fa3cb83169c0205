namespace Cdam.Training.Lidc.Dicom;

/// <summary>The head of a data element.</summary>
/// <param name="Tag">Its number.</param>
/// <param name="Representation">The two letters of its value representation; null in implicit VR, where only the tag tells it.</param>
/// <param name="Length">Bytes of the value, even; null where only a delimiter ends it.</param>
internal readonly record struct DicomElement(DicomTag Tag, string? Representation, uint? Length)
{
    public override string ToString() => Tag.ToString();
}
