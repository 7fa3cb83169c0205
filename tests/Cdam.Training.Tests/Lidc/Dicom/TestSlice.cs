using System.Runtime.InteropServices;

namespace Cdam.Training.Tests.Lidc.Dicom;

/// <summary>A valid CT slice of 3 rows and 2 columns; tests change what they are about.</summary>
internal sealed record TestSlice
{
    public const string Explicit = "1.2.840.10008.1.2.1";

    public const string Implicit = "1.2.840.10008.1.2";

    public string Syntax { get; init; } = Explicit;

    public string SopClass { get; init; } = "1.2.840.10008.5.1.4.1.1.2";

    public string Sop { get; init; } = "1.2.3.1";

    public string Series { get; init; } = "1.2.3";

    public string Patient { get; init; } = "LIDC-IDRI-0001";

    public string Modality { get; init; } = "CT";

    public int InstanceNumber { get; init; } = 1;

    public string Position { get; init; } = @"-10\-20\-30";

    public string Orientation { get; init; } = @"1\0\0\0\1\0";

    public string Spacing { get; init; } = @"0.75\0.5";

    public int Rows { get; init; } = 3;

    public int Columns { get; init; } = 2;

    public short[] Pixels { get; init; } = [0, 1, 2, 3, 4, 5];

    public int BitsAllocated { get; init; } = 16;

    public int BitsStored { get; init; } = 16;

    public int Signed { get; init; } = 1;

    public string Photometric { get; init; } = "MONOCHROME2";

    public string? Slope { get; init; } = "1";

    public string Intercept { get; init; } = "-1024";

    /// <summary>Written before the rows, as it is.</summary>
    public byte[] Extra { get; init; } = [];

    /// <summary>What the pixel data say of their length.</summary>
    public uint? PixelLength { get; init; }

    public bool IsExplicit => Syntax != Implicit;

    public byte[] ToFile()
    {
        var slice = new DicomBuilder(IsExplicit)
            .Text(0x00080018, "UI", Sop)
            .Text(0x00080060, "CS", Modality)
            .Text(0x00100020, "LO", Patient)
            .Text(0x0020000E, "UI", Series)
            .Text(0x00200013, "IS", $"{InstanceNumber}")
            .Text(0x00200032, "DS", Position)
            .Text(0x00200037, "DS", Orientation)
            .Number(0x00280002, 1)
            .Text(0x00280004, "CS", Photometric)
            .Raw(Extra)
            .Number(0x00280010, Rows)
            .Number(0x00280011, Columns)
            .Text(0x00280030, "DS", Spacing)
            .Number(0x00280100, BitsAllocated)
            .Number(0x00280101, BitsStored)
            .Number(0x00280102, BitsStored - 1)
            .Number(0x00280103, Signed)
            .Text(0x00281052, "DS", Intercept);
        if (Slope is not null)
        {
            slice.Text(0x00281053, "DS", Slope);
        }

        slice.Element(0x7FE00010, "OW", MemoryMarshal.AsBytes(Pixels.AsSpan()).ToArray(), PixelLength);
        return DicomBuilder.File(Syntax, slice.ToArray(), SopClass);
    }
}
