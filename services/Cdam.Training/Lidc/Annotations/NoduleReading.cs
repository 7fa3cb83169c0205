namespace Cdam.Training.Lidc.Annotations;

/// <summary>One radiologist's reading of a nodule of at least 3 mm.</summary>
/// <param name="Session">Which <c>readingSession</c> of the file, from 0: which radiologist.</param>
/// <param name="NoduleId">The session's own name of the nodule; sessions name alike nodules differently.</param>
/// <param name="Characteristics">What was rated.</param>
/// <param name="Outlines">At least one.</param>
internal sealed record NoduleReading(int Session, string NoduleId, Characteristics Characteristics, IReadOnlyList<Outline> Outlines)
{
    public override string ToString() => $"nodule {Dicom.DicomInput.Quote(NoduleId)} of reading session {Session + 1}";
}
