using Cdam.Training.Lidc.Dicom;

namespace Cdam.Training.Lidc.Volumes;

/// <summary>The slices of one scan in the order of their positions, none twice.</summary>
/// <param name="Slices">Ascending along the normal, at least two.</param>
/// <param name="Geometry">Where they lie.</param>
/// <param name="SliceOfSop">Index of a slice by its SOP instance UID; those of duplicates lead to the slice that was kept.</param>
/// <param name="Warnings">Duplicate, missing and unevenly spaced slices.</param>
internal sealed record CtSeries(
    IReadOnlyList<CtImage> Slices, ScanGeometry Geometry, IReadOnlyDictionary<string, int> SliceOfSop, IReadOnlyList<string> Warnings)
{
    public string SeriesInstanceUid => Slices[0].SeriesInstanceUid;

    public string PatientId => Slices[0].PatientId;

    public int Rows => Slices[0].Rows;

    public int Columns => Slices[0].Columns;
}
