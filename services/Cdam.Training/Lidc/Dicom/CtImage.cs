using Cdam.Training.Lidc.Volumes;

namespace Cdam.Training.Lidc.Dicom;

/// <summary>One slice of a CT scan; its pixels are still in the file.</summary>
internal sealed record CtImage
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    public required string SopInstanceUid { get; init; }

    public required string SeriesInstanceUid { get; init; }

    public required string PatientId { get; init; }

    /// <summary>Decides between slices at one position; the largest number where the file has none.</summary>
    public required int InstanceNumber { get; init; }

    public required int Rows { get; init; }

    public required int Columns { get; init; }

    /// <summary>Millimetres between the centres of neighbouring columns.</summary>
    public required double SpacingX { get; init; }

    /// <summary>Millimetres between the centres of neighbouring rows.</summary>
    public required double SpacingY { get; init; }

    /// <summary>Centre of the first pixel in the patient's coordinates: millimetres towards left, back and head.</summary>
    public required Vector3D Position { get; init; }

    /// <summary>Unit vector along a row, towards higher columns.</summary>
    public required Vector3D AxisX { get; init; }

    /// <summary>Unit vector along a column, towards higher rows.</summary>
    public required Vector3D AxisY { get; init; }

    public required PixelFormat Format { get; init; }

    /// <summary>Place of the pixels in the file: rows × columns × 2 bytes, all there.</summary>
    public required long PixelOffset { get; init; }
}
