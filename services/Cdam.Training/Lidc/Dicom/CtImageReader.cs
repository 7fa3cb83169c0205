using System.Buffers;
using System.Buffers.Binary;
using Cdam.Training.Lidc.Volumes;

namespace Cdam.Training.Lidc.Dicom;

/// <summary>Reads slices of CT scans: first what describes them, later the pixels.</summary>
internal static class CtImageReader
{
    private const int LargestSide = 4096;

    /// <summary>Coarser pixels are no CT; a lung takes 300 mm.</summary>
    private const double CoarsestSpacing = 10;

    /// <summary>Scanners give positions within some metres.</summary>
    private const double FarthestPosition = 100_000;

    /// <summary>Direction cosines are written with six digits or so.</summary>
    private const double CosineTolerance = 1e-3;

    private const double LargestRescale = 1e6;

    /// <returns>Null for an object that is no CT image: a radiograph, a segmentation, a report.</returns>
    /// <exception cref="LidcException">The file breaks a rule; the message names the element.</exception>
    public static CtImage? Read(string path)
    {
        using var input = new DicomInput(path);
        var header = DicomFile.Read(input);
        if (header is null || header.OptionalText(DicomTags.Modality) is { } modality && modality != "CT")
        {
            return null;
        }

        header.Text(DicomTags.Modality);
        var rows = header.Number(DicomTags.Rows, 1, LargestSide);
        var columns = header.Number(DicomTags.Columns, 1, LargestSide);
        var spacing = Spacing(header);
        var axes = Axes(header);
        var position = header.Decimals(DicomTags.ImagePositionPatient, 3, FarthestPosition);
        return new CtImage
        {
            Path = path,
            SopInstanceUid = header.Text(DicomTags.SopInstanceUid),
            SeriesInstanceUid = header.Text(DicomTags.SeriesInstanceUid),
            PatientId = header.Text(DicomTags.PatientId),
            InstanceNumber = header.OptionalInteger(DicomTags.InstanceNumber) ?? int.MaxValue,
            Rows = rows,
            Columns = columns,
            SpacingY = spacing[0],
            SpacingX = spacing[1],
            Position = new Vector3D(position[0], position[1], position[2]),
            AxisX = axes.X,
            AxisY = axes.Y,
            Format = Format(header),
            PixelOffset = PixelOffset(header, rows, columns),
        };
    }

    /// <summary>Reads the pixels as Hounsfield units.</summary>
    /// <param name="image">The slice.</param>
    /// <param name="hounsfield">Filled row by row: rows × columns.</param>
    public static void ReadPixels(CtImage image, Span<short> hounsfield)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(hounsfield.Length * sizeof(ushort));
        try
        {
            var pixels = bytes.AsSpan(0, hounsfield.Length * sizeof(ushort));
            using (var input = new DicomInput(image.Path))
            {
                input.MoveTo(image.PixelOffset);
                input.Read(pixels, $"{DicomTags.PixelData}");
            }

            for (var i = 0; i < hounsfield.Length; i++)
            {
                hounsfield[i] = image.Format.Hounsfield(BinaryPrimitives.ReadUInt16LittleEndian(pixels[(i * sizeof(ushort))..]));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>Row spacing first, as the standard has it.</summary>
    private static double[] Spacing(DicomHeader header)
    {
        var spacing = header.Decimals(DicomTags.PixelSpacing, 2, CoarsestSpacing);
        return Array.TrueForAll(spacing, side => side > 0)
            ? spacing
            : throw header.Fail(DicomTags.PixelSpacing, $"is {spacing[0]}\\{spacing[1]}", $"must be above 0 and at most {CoarsestSpacing} mm");
    }

    private static (Vector3D X, Vector3D Y) Axes(DicomHeader header)
    {
        var cosines = header.Decimals(DicomTags.ImageOrientationPatient, 6, 1 + CosineTolerance);
        var x = new Vector3D(cosines[0], cosines[1], cosines[2]);
        var y = new Vector3D(cosines[3], cosines[4], cosines[5]);
        var isOrthonormal = Math.Abs(x.Length - 1) <= CosineTolerance && Math.Abs(y.Length - 1) <= CosineTolerance
            && Math.Abs(x.Dot(y)) <= CosineTolerance;
        if (!isOrthonormal)
        {
            throw header.Fail(
                DicomTags.ImageOrientationPatient, $"is {string.Join('\\', cosines)}", "must be two unit vectors at a right angle");
        }

        // Exactly so, or the rounding of the digits would grow to a voxel over the width of a slice.
        x *= 1 / x.Length;
        y -= x * x.Dot(y);
        return (x, y * (1 / y.Length));
    }

    private static PixelFormat Format(DicomHeader header)
    {
        header.Number(DicomTags.SamplesPerPixel, 1, 1);
        header.Number(DicomTags.BitsAllocated, 16, 16);
        if (header.Text(DicomTags.PhotometricInterpretation) is var photometric && photometric != "MONOCHROME2")
        {
            throw header.Fail(DicomTags.PhotometricInterpretation, $"is {DicomInput.Quote(photometric)}", "must be MONOCHROME2");
        }

        var stored = header.Number(DicomTags.BitsStored, 1, 16);
        header.Number(DicomTags.HighBit, stored - 1, stored - 1);
        var slope = header.Decimals(DicomTags.RescaleSlope, 1, LargestRescale)[0];
        return new PixelFormat(
            stored,
            header.Number(DicomTags.PixelRepresentation, 0, 1) == 1,
            slope != 0 ? slope : throw header.Fail(DicomTags.RescaleSlope, "is 0", "must be another number"),
            header.Decimals(DicomTags.RescaleIntercept, 1, LargestRescale)[0]);
    }

    private static long PixelOffset(DicomHeader header, int rows, int columns)
    {
        var expected = (long)rows * columns * sizeof(ushort);
        var offset = header.PixelOffset ?? throw header.Fail(DicomTags.PixelData, "is absent", "is needed");
        return header.PixelBytes == expected
            ? offset
            : throw header.Fail(DicomTags.PixelData, $"has {header.PixelBytes} bytes", $"must have {rows} × {columns} × 2 = {expected}");
    }
}
