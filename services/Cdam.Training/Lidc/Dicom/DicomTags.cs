using System.Collections.Frozen;

namespace Cdam.Training.Lidc.Dicom;

/// <summary>The data elements that are read; everything else in a file is skipped.</summary>
internal static class DicomTags
{
    public static readonly DicomTag MediaStorageSopClassUid = new(0x0002, 0x0002);
    public static readonly DicomTag TransferSyntaxUid = new(0x0002, 0x0010);
    public static readonly DicomTag SopInstanceUid = new(0x0008, 0x0018);
    public static readonly DicomTag Modality = new(0x0008, 0x0060);
    public static readonly DicomTag PatientId = new(0x0010, 0x0020);
    public static readonly DicomTag SeriesInstanceUid = new(0x0020, 0x000E);
    public static readonly DicomTag InstanceNumber = new(0x0020, 0x0013);
    public static readonly DicomTag ImagePositionPatient = new(0x0020, 0x0032);
    public static readonly DicomTag ImageOrientationPatient = new(0x0020, 0x0037);
    public static readonly DicomTag SamplesPerPixel = new(0x0028, 0x0002);
    public static readonly DicomTag PhotometricInterpretation = new(0x0028, 0x0004);
    public static readonly DicomTag Rows = new(0x0028, 0x0010);
    public static readonly DicomTag Columns = new(0x0028, 0x0011);
    public static readonly DicomTag PixelSpacing = new(0x0028, 0x0030);
    public static readonly DicomTag BitsAllocated = new(0x0028, 0x0100);
    public static readonly DicomTag BitsStored = new(0x0028, 0x0101);
    public static readonly DicomTag HighBit = new(0x0028, 0x0102);
    public static readonly DicomTag PixelRepresentation = new(0x0028, 0x0103);
    public static readonly DicomTag RescaleIntercept = new(0x0028, 0x1052);
    public static readonly DicomTag RescaleSlope = new(0x0028, 0x1053);
    public static readonly DicomTag PixelData = new(0x7FE0, 0x0010);
    public static readonly DicomTag Item = new(0xFFFE, 0xE000);
    public static readonly DicomTag ItemDelimitation = new(0xFFFE, 0xE00D);
    public static readonly DicomTag SequenceDelimitation = new(0xFFFE, 0xE0DD);

    /// <summary>Names of PS3.6 by tag.</summary>
    public static FrozenDictionary<DicomTag, string> Names { get; } = new Dictionary<DicomTag, string>
    {
        [MediaStorageSopClassUid] = "Media Storage SOP Class UID",
        [TransferSyntaxUid] = "Transfer Syntax UID",
        [SopInstanceUid] = "SOP Instance UID",
        [Modality] = "Modality",
        [PatientId] = "Patient ID",
        [SeriesInstanceUid] = "Series Instance UID",
        [InstanceNumber] = "Instance Number",
        [ImagePositionPatient] = "Image Position (Patient)",
        [ImageOrientationPatient] = "Image Orientation (Patient)",
        [SamplesPerPixel] = "Samples per Pixel",
        [PhotometricInterpretation] = "Photometric Interpretation",
        [Rows] = "Rows",
        [Columns] = "Columns",
        [PixelSpacing] = "Pixel Spacing",
        [BitsAllocated] = "Bits Allocated",
        [BitsStored] = "Bits Stored",
        [HighBit] = "High Bit",
        [PixelRepresentation] = "Pixel Representation",
        [RescaleIntercept] = "Rescale Intercept",
        [RescaleSlope] = "Rescale Slope",
        [PixelData] = "Pixel Data",
        [Item] = "Item",
        [ItemDelimitation] = "Item Delimitation Item",
        [SequenceDelimitation] = "Sequence Delimitation Item",
    }.ToFrozenDictionary();
}
