using System.Buffers.Binary;
using Cdam.Training.Lidc.Phantoms.Geometry;

namespace Cdam.Training.Lidc.Phantoms.Files;

/// <summary>Writes slices as CT images (DICOM PS3.3, A.3; file format PS3.10, 7.1), uncompressed, 16 bits signed.</summary>
internal sealed class DicomSliceWriter(PhantomPatient patient, ScanUids uids)
{
    private const string CtImageStorage = "1.2.840.10008.5.1.4.1.1.2";
    private const string ImplicitLittleEndian = "1.2.840.10008.1.2";
    private const string ExplicitLittleEndian = "1.2.840.10008.1.2.1";
    private const string Implementation = "2.25.296108523041719838274205961846205379421";
    private const float Lowest = -1024; // HU: what scanners give at most and at least
    private const float Highest = 3071;
    private const string DeidentifiedDate = "20000101"; // as in LIDC-IDRI
    private readonly ScanGrid _grid = patient.Grid;

    // Both kinds are in LIDC-IDRI; the voxels' meaning is the same.
    private readonly int _intercept = patient.Number % 2 == 0 ? 0 : -1024;

    /// <summary>A whole file.</summary>
    /// <param name="slice">0 is the lowest.</param>
    /// <param name="hounsfield">Row by row.</param>
    public byte[] File(int slice, ReadOnlySpan<float> hounsfield)
    {
        var meta = new DicomDataSet(explicitVr: true)
            .Bytes(0x00020001, "OB", [0, 1])
            .Text(0x00020002, "UI", CtImageStorage)
            .Text(0x00020003, "UI", uids.Slice(slice))
            .Text(0x00020010, "UI", patient.Options.ImplicitVr ? ImplicitLittleEndian : ExplicitLittleEndian)
            .Text(0x00020012, "UI", Implementation)
            .Text(0x00020013, "SH", "CDAM_PHANTOM");
        var data = new DicomDataSet(!patient.Options.ImplicitVr);
        Identify(data, slice);
        Locate(data, slice);
        Describe(data).Bytes(0x7FE00010, "OW", Pixels(hounsfield));

        using var file = new MemoryStream();
        file.Write(new byte[128]);
        file.Write("DICM"u8);
        new DicomDataSet(explicitVr: true).UInt32(0x00020000, meta.Length).CopyTo(file);
        meta.CopyTo(file);
        data.CopyTo(file);
        return file.ToArray();
    }

    private void Identify(DicomDataSet data, int slice) => data
        .Text(0x00080008, "CS", "ORIGINAL", "PRIMARY", "AXIAL")
        .Text(0x00080016, "UI", CtImageStorage)
        .Text(0x00080018, "UI", uids.Slice(slice))
        .Text(0x00080020, "DA", DeidentifiedDate)
        .Text(0x00080021, "DA", DeidentifiedDate)
        .Text(0x00080030, "TM", "")
        .Text(0x00080050, "SH", "")
        .Text(0x00080060, "CS", "CT")
        .Text(0x00080070, "LO", "CdamGrpc phantom")
        .Text(0x00080090, "PN", "")
        .Text(0x0008103E, "LO", "Synthetic chest, not a person")
        .Text(0x00100010, "PN", "")
        .Text(0x00100020, "LO", patient.Name)
        .Text(0x00100030, "DA", "")
        .Text(0x00100040, "CS", "")
        .Text(0x00180015, "CS", "CHEST")
        .Decimals(0x00180050, _grid.SliceSpacing)
        .Decimals(0x00180060, 120)
        .Text(0x00185100, "CS", "HFS");

    private void Locate(DicomDataSet data, int slice) => data
        .Text(0x0020000D, "UI", uids.Study)
        .Text(0x0020000E, "UI", uids.Series)
        .Text(0x00200010, "SH", "")
        .Integer(0x00200011, 1)
        .Integer(0x00200012, 1)
        .Integer(0x00200013, _grid.Slices - slice)
        .Decimals(0x00200032, _grid.First, _grid.First, _grid.Z(slice))
        .Decimals(0x00200037, 1, 0, 0, 0, 1, 0)
        .Text(0x00200052, "UI", uids.FrameOfReference)
        .Text(0x00201040, "LO", "")
        .Decimals(0x00201041, _grid.Z(slice));

    private DicomDataSet Describe(DicomDataSet data) => data
        .UInt16(0x00280002, 1)
        .Text(0x00280004, "CS", "MONOCHROME2")
        .UInt16(0x00280010, _grid.Matrix)
        .UInt16(0x00280011, _grid.Matrix)
        .Decimals(0x00280030, _grid.Spacing, _grid.Spacing)
        .UInt16(0x00280100, 16)
        .UInt16(0x00280101, 16)
        .UInt16(0x00280102, 15)
        .UInt16(0x00280103, 1)
        .Decimals(0x00281050, -600)
        .Decimals(0x00281051, 1600)
        .Decimals(0x00281052, _intercept)
        .Decimals(0x00281053, 1)
        .Text(0x00281054, "LO", "HU");

    private byte[] Pixels(ReadOnlySpan<float> hounsfield)
    {
        var bytes = new byte[hounsfield.Length * sizeof(short)];
        for (var i = 0; i < hounsfield.Length; i++)
        {
            var stored = Math.Clamp(MathF.Round(hounsfield[i]), Lowest, Highest) - _intercept;
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i * sizeof(short)), (short)stored);
        }

        return bytes;
    }
}
