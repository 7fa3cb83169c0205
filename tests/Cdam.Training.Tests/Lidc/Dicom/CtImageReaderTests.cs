using Cdam.Training.Lidc.Dicom;
using Cdam.Training.Lidc.Volumes;

namespace Cdam.Training.Tests.Lidc.Dicom;

public sealed class CtImageReaderTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData(TestSlice.Explicit)]
    [InlineData(TestSlice.Implicit)]
    public void Read_EitherSyntax_GivesAllOfTheSlice(string syntax)
    {
        var image = Read(new TestSlice { Syntax = syntax, InstanceNumber = 7 })!;
        Assert.Equal("1.2.3.1", image.SopInstanceUid);
        Assert.Equal("1.2.3", image.SeriesInstanceUid);
        Assert.Equal("LIDC-IDRI-0001", image.PatientId);
        Assert.Equal(7, image.InstanceNumber);
        Assert.Equal((3, 2), (image.Rows, image.Columns));
        // The standard writes the distance between rows first.
        Assert.Equal((0.5, 0.75), (image.SpacingX, image.SpacingY));
        Assert.Equal(new Vector3D(-10, -20, -30), image.Position);
        Assert.Equal((new Vector3D(1, 0, 0), new Vector3D(0, 1, 0)), (image.AxisX, image.AxisY));
        Assert.Equal([-1024, -1023, -1022, -1021, -1020, -1019], Pixels(image));
    }

    [Theory]
    [InlineData("2.5", "-1024", 16, 1, new short[] { -2000, 0, 3, 32767 }, new short[] { -6024, -1024, -1016, 32767 })]
    [InlineData("1", "-30000", 16, 1, new short[] { -2768, -2769, 0, 1 }, new short[] { -32768, -32768, -30000, -29999 })]
    [InlineData("1", "0", 16, 0, new short[] { -1, -32768, 0, 1 }, new short[] { 32767, 32767, 0, 1 })]
    [InlineData("1", "0", 12, 1, new short[] { 0x0FFF, 0x0800, 0x07FF, unchecked((short)0xF001) }, new short[] { -1, -2048, 2047, 1 })]
    [InlineData("-1", "10", 12, 0, new short[] { 0x0FFF, 0x1FFF, 0, 1 }, new short[] { -4085, -4085, 10, 9 })]
    [InlineData("0.5", "0", 16, 1, new short[] { 3, -3, 4, 5 }, new short[] { 2, -2, 2, 2 })]
    public void ReadPixels_Rescales_RoundsAndClamps(string slope, string intercept, int stored, int signed, short[] pixels, short[] expected)
    {
        var image = Read(new TestSlice
        {
            Slope = slope, Intercept = intercept, BitsStored = stored, Signed = signed, Pixels = pixels, Rows = 2,
        })!;
        Assert.Equal(expected, Pixels(image));
    }

    [Theory]
    [InlineData("DX")]
    [InlineData("CR")]
    [InlineData("SEG")]
    public void Read_OtherModality_IsNoCtImage(string modality) => Assert.Null(Read(new TestSlice { Modality = modality, Rows = 0, Slope = null }));

    [Theory]
    [InlineData("1.2.840.10008.1.2.1.99", "Deflated Explicit VR Little Endian")]
    [InlineData("1.2.840.10008.1.2.2", "Explicit VR Big Endian")]
    [InlineData("1.2.840.10008.1.2.4.50", "JPEG Baseline")]
    [InlineData("1.2.840.10008.1.2.4.57", "JPEG Lossless (Process 14)")]
    [InlineData("1.2.840.10008.1.2.4.70", "JPEG Lossless, First-Order Prediction")]
    [InlineData("1.2.840.10008.1.2.4.80", "JPEG-LS Lossless")]
    [InlineData("1.2.840.10008.1.2.4.90", "JPEG 2000 (Lossless Only)")]
    [InlineData("1.2.840.10008.1.2.5", "RLE Lossless")]
    [InlineData("1.2.3.4", "'1.2.3.4'")]
    public void Read_OtherSyntax_IsRefusedByName(string syntax, string name) =>
        Refused(new TestSlice { Syntax = syntax }, "(0002,0010) Transfer Syntax UID", name, "must be Explicit or Implicit VR Little Endian");

    [Fact]
    public void Read_OtherSyntaxOfARadiograph_IsNoCtImage() =>
        Assert.Null(Read(new TestSlice { Syntax = "1.2.840.10008.1.2.4.70", SopClass = "1.2.840.10008.5.1.4.1.1.1.1" }));

    [Fact]
    public void Read_BrokenRules_NameElementValueAndRule()
    {
        Refused(new TestSlice { Rows = 0 }, "(0028,0010) Rows is 0; must be 1 to 4096");
        Refused(new TestSlice { Columns = 5000 }, "(0028,0011) Columns is 5000; must be 1 to 4096");
        Refused(new TestSlice { Spacing = @"0.5\-1" }, "(0028,0030) Pixel Spacing is 0.5\\-1; must be above 0");
        Refused(new TestSlice { Spacing = @"0.5\NaN" }, "(0028,0030) Pixel Spacing is \"0.5\\NaN\"; must be 2 decimal numbers");
        Refused(new TestSlice { Spacing = "0.5" }, "must be 2 decimal numbers");
        Refused(new TestSlice { Position = @"1\2\1e99" }, "(0020,0032) Image Position (Patient)", "must be 3 decimal numbers");
        Refused(new TestSlice { Orientation = @"1\0\0\1\0\0" }, "(0020,0037) Image Orientation (Patient)", "two unit vectors at a right angle");
        Refused(new TestSlice { Orientation = @"0\0\0\0\0\0" }, "two unit vectors at a right angle");
        Refused(new TestSlice { Slope = null }, "(0028,1053) Rescale Slope is absent or empty; is needed");
        Refused(new TestSlice { Slope = "0" }, "(0028,1053) Rescale Slope is 0");
        Refused(new TestSlice { BitsAllocated = 8 }, "(0028,0100) Bits Allocated is 8; must be 16");
        Refused(new TestSlice { BitsStored = 17 }, "(0028,0101) Bits Stored is 17; must be 1 to 16");
        Refused(new TestSlice { Signed = 2 }, "(0028,0103) Pixel Representation is 2; must be 0 to 1");
        Refused(new TestSlice { Photometric = "RGB" }, "(0028,0004) Photometric Interpretation is \"RGB\"; must be MONOCHROME2");
        Refused(new TestSlice { Patient = " " }, "(0010,0020) Patient ID is absent or empty");
        Refused(new TestSlice { Modality = "" }, "(0008,0060) Modality is absent or empty");
        Refused(new TestSlice { Pixels = [0, 1] }, "(7FE0,0010) Pixel Data has 4 bytes; must have 3 × 2 × 2 = 12");
        Refused(new TestSlice { PixelLength = DicomBuilder.Undefined }, "(7FE0,0010) Pixel Data has no length");
        Refused(new TestSlice { PixelLength = 1 << 30 }, "(7FE0,0010) Pixel Data has 1073741824 bytes at offset", "the file ends at");
    }

    [Fact]
    public void ReadPixels_FileCutAfterTheHeaderWasRead_IsRefused()
    {
        var path = _scratch.Write("slice.dcm", new TestSlice().ToFile());
        var image = CtImageReader.Read(path)!;
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^2]);
        Refusal.Assert(() => Pixels(image), path, "needs 12 bytes");
    }

    private static short[] Pixels(CtImage image)
    {
        var pixels = new short[image.Rows * image.Columns];
        CtImageReader.ReadPixels(image, pixels);
        return pixels;
    }

    private CtImage? Read(TestSlice slice) => CtImageReader.Read(_scratch.Write("slice.dcm", slice.ToFile()));

    private void Refused(TestSlice slice, params ReadOnlySpan<string> parts) => Refusal.Assert(() => Read(slice), [_scratch.PathOf("slice.dcm") + ": ", .. parts]);
}
