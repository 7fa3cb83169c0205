using System.Text;
using Cdam.Training.Lidc;
using Cdam.Training.Lidc.Dicom;
using CsCheck;

namespace Cdam.Training.Tests.Lidc.Dicom;

public sealed class DicomFileTests : IDisposable
{
    private const uint Sequence = 0x00081140;
    private const uint Private = 0x00091001;
    private const uint ItemTag = 0xFFFEE000;
    private const uint ItemEnd = 0xFFFEE00D;
    private const uint SequenceEnd = 0xFFFEE0DD;

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_NestedSequences_AreSteppedOver(bool isExplicit)
    {
        // The innermost element would be the rows, if sequences were read instead of skipped.
        var rows = Build(isExplicit).Number(0x00280010, 999).ToArray();
        var defined = Build(isExplicit).Element(ItemTag, "", rows).ToArray();
        var inner = Build(isExplicit).Element(Sequence, "SQ", defined).Number(0x00280011, 999).Element(ItemEnd, "", []).ToArray();
        var open = Build(isExplicit)
            .Element(ItemTag, "", inner, DicomBuilder.Undefined)
            .Element(ItemTag, "", rows)
            .Element(ItemTag, "", [])
            .Element(SequenceEnd, "", []).ToArray();
        var nested = Build(isExplicit)
            .Element(ItemTag, "", Build(isExplicit).Element(Sequence, "SQ", open, DicomBuilder.Undefined).Element(ItemEnd, "", []).ToArray(), DicomBuilder.Undefined)
            .Element(SequenceEnd, "", []).ToArray();
        AssertRows(isExplicit, Build(isExplicit).Element(Sequence, "SQ", open, DicomBuilder.Undefined).ToArray());
        AssertRows(isExplicit, Build(isExplicit).Element(Sequence, "SQ", nested, DicomBuilder.Undefined).ToArray());
        AssertRows(isExplicit, Build(isExplicit).Element(Sequence, "SQ", defined).ToArray());
        AssertRows(isExplicit, Build(isExplicit).Element(Sequence, "SQ", Build(isExplicit).Element(SequenceEnd, "", []).ToArray(), DicomBuilder.Undefined).ToArray());
    }

    [Fact]
    public void Read_UnknownSequenceOfUndefinedLength_HoldsImplicitElements()
    {
        var item = Build(false).Number(0x00280010, 999).Element(ItemEnd, "", []).ToArray();
        var items = Build(false).Element(ItemTag, "", item, DicomBuilder.Undefined).Element(SequenceEnd, "", []).ToArray();
        AssertRows(isExplicit: true, Build(true).Element(Private, "UN", items, DicomBuilder.Undefined).ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_PrivateElements_AreSteppedOver(bool isExplicit) => AssertRows(
        isExplicit,
        Build(isExplicit).Text(0x00090010, "LO", "MAKER").Element(Private, "OB", new byte[70_000]).Element(0x00091002, "UN", [1, 2]).ToArray());

    [Fact]
    public void Read_BrokenStructure_NamesWhatIsWrong()
    {
        Refused(Build(true).Element(Private, "LO", [65, 66, 67], 3).ToArray(), "(0009,1001) has length 3; must be even");
        Refused(Build(true).Element(Private, "OB", [], 0x7FFF_FFFE).ToArray(), "(0009,1001) has 2147483646 bytes at offset", "the file ends at");
        Refused(Build(true).Element(Private, "OB", [], DicomBuilder.Undefined).ToArray(), "(0009,1001) of type OB has no length");
        Refused(Build(true).Element(Private, "lo", []).ToArray(), "(0009,1001) has value representation \"lo\"");
        Refused(Build(true).Element(ItemTag, "", []).ToArray(), "(FFFE,E000) Item", "does not belong to a sequence");
        Refused(Build(true).Text(0x00080060, "CS", "CT").ToArray(), "(0008,0060) Modality stands twice");
        Refused(Build(true).Element(0x00281054, "LO", [], 0xFFFE).ToArray(), "(0028,1054) has 65534 bytes");
        Refused(Build(true).Element(0x00280102, "OB", new byte[300]).ToArray(), "(0028,0102) High Bit has 300 bytes; may have at most 256");
        Refused(Build(true).Element(Sequence, "SQ", Build(true).Text(0x00080060, "CS", "CT").ToArray(), DicomBuilder.Undefined).ToArray(), "only items may stand there");
        Refused(
            Build(true).Element(Sequence, "SQ", Build(true).Element(SequenceEnd, "", [], 2).ToArray(), DicomBuilder.Undefined).ToArray(),
            "(FFFE,E0DD) Sequence Delimitation Item has length 2; must be 0");
    }

    [Fact]
    public void Read_EndlessNesting_IsRefusedBeforeTheStackIs()
    {
        var deep = new List<byte>();
        for (var i = 0; i < 100_000; i++)
        {
            deep.AddRange(Build(true).Element(Sequence, "SQ", [], DicomBuilder.Undefined).Element(ItemTag, "", [], DicomBuilder.Undefined).ToArray());
        }

        Refused([.. deep], "(0008,1140)", "nested deeper than 32");
    }

    [Fact]
    public void Read_NoDicomFile_SaysSo()
    {
        RefusedFile([], "has 0 bytes; a DICOM file has at least 132");
        RefusedFile(new byte[200], "\"????\" at byte 128; a DICOM file has \"DICM\"");
        RefusedFile([.. new byte[128], .. Encoding.ASCII.GetBytes("DICM")], "(0002,0010) Transfer Syntax UID is absent");
    }

    [Fact]
    public void Read_CutAnywhere_IsRefused()
    {
        var whole = new TestSlice { Extra = SomeSequence() }.ToFile();
        for (var length = 0; length < whole.Length; length++)
        {
            var cut = whole[..length];
            // A cut between two elements leaves a well-formed file, which lacks something else.
            Assert.Throws<LidcException>(() => CtImageReader.Read(_scratch.Write("slice.dcm", cut)));
        }
    }

    [Fact]
    public void Read_AnyByteChanged_IsReadOrRefusedButNeverFails()
    {
        var whole = new TestSlice { Extra = SomeSequence() }.ToFile();
        Gen.Select(Gen.Int[128, whole.Length - 1], Gen.Byte).Sample(
            change =>
            {
                var changed = whole.ToArray();
                changed[change.Item1] = change.Item2;
                try
                {
                    CtImageReader.Read(_scratch.Write("slice.dcm", changed));
                }
                catch (LidcException)
                {
                    // Told as what it is.
                }
            },
            iter: 2000,
            threads: 1);
    }

    private static byte[] SomeSequence() => Build(true).Element(
        Sequence, "SQ",
        Build(true).Element(ItemTag, "", Build(true).Number(0x00280010, 9).Element(ItemEnd, "", []).ToArray(), DicomBuilder.Undefined)
            .Element(SequenceEnd, "", []).ToArray(),
        DicomBuilder.Undefined).ToArray();

    private static DicomBuilder Build(bool isExplicit) => new(isExplicit);

    private void AssertRows(bool isExplicit, byte[] extra)
    {
        var slice = new TestSlice { Syntax = isExplicit ? TestSlice.Explicit : TestSlice.Implicit, Extra = extra };
        Assert.Equal(3, CtImageReader.Read(_scratch.Write("slice.dcm", slice.ToFile()))!.Rows);
    }

    private void Refused(byte[] extra, params ReadOnlySpan<string> parts) => RefusedFile(new TestSlice { Extra = extra }.ToFile(), parts);

    private void RefusedFile(byte[] file, params ReadOnlySpan<string> parts)
    {
        var path = _scratch.Write("slice.dcm", file);
        Refusal.Assert(() => CtImageReader.Read(path), [path + ": ", .. parts]);
    }
}
