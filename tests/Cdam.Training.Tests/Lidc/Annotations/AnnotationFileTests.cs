using System.Text;
using Cdam.Training.Lidc.Annotations;

namespace Cdam.Training.Tests.Lidc.Annotations;

public sealed class AnnotationFileTests : IDisposable
{
    private const string Ratings =
        "<subtlety>1</subtlety><internalStructure>1</internalStructure><calcification>6</calcification><sphericity>2</sphericity><margin>3</margin>"
        + "<lobulation>4</lobulation><spiculation>5</spiculation><texture>4</texture><malignancy>3</malignancy>";

    private const string Roi =
        "<roi><imageZposition>-12.5</imageZposition><imageSOP_UID>1.2.3</imageSOP_UID><inclusion>TRUE</inclusion>"
        + "<edgeMap><xCoord>5</xCoord><yCoord>7</yCoord></edgeMap><edgeMap><xCoord>6</xCoord><yCoord>8</yCoord></edgeMap></roi>";

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Read_Nodule_GivesRatingsAndContours()
    {
        var annotations = Read(Message(Nodule("N1", Ratings, Roi + Roi.Replace("TRUE", "FALSE", StringComparison.Ordinal))))!;
        Assert.Equal("9.8.7", annotations.SeriesUid);
        var reading = Assert.Single(annotations.Readings);
        Assert.Equal(
            new Characteristics(Subtlety: 1, Calcification: 6, Margin: 3, Lobulation: 4, Spiculation: 5, Texture: 4, Sphericity: 2, Malignancy: 3),
            reading.Characteristics);
        Assert.Equal(("N1", 0), (reading.NoduleId, reading.Session));
        Assert.Equal([false, true], reading.Outlines.Select(outline => outline.IsHole));
        Assert.Equal(("1.2.3", -12.5), (reading.Outlines[0].SopUid, reading.Outlines[0].Z));
        Assert.Equal([(5, 7), (6, 8)], reading.Outlines[0].Points);
        Assert.Empty(annotations.Warnings);
    }

    [Fact]
    public void Read_SmallAndNonNodules_AreCountedOnly()
    {
        var zero = Ratings.Replace(">1<", ">0<", StringComparison.Ordinal);
        zero = string.Concat(zero.Select(c => char.IsDigit(c) ? '0' : c));
        var annotations = Read(Message(
            Nodule("small", null, Roi) + Nodule("zero", zero, Roi) + Nodule("blank", "<subtlety/><malignancy> </malignancy>", Roi)
            + "<nonNodule><nonNoduleID>1</nonNoduleID></nonNodule>"))!;
        Assert.Empty(annotations.Readings);
        Assert.Equal((3, 1), (annotations.SmallNodules, annotations.NonNodules));
    }

    [Theory]
    [InlineData("<margin>3<", "<margin>6<", "margin is \"6\"; must be 1 to 5")]
    [InlineData("<calcification>6<", "<calcification>7<", "calcification is \"7\"; must be 1 to 6")]
    [InlineData("<malignancy>3<", "<malignancy>0<", "malignancy is \"0\"; must be 1 to 5")]
    [InlineData("<texture>4</texture>", "", "texture is \"\"; must be 1 to 5")]
    [InlineData("<texture>4<", "<texture>4.5<", "texture is \"4.5\"")]
    [InlineData(">TRUE<", ">true<", "inclusion is \"true\"; must be TRUE or FALSE")]
    [InlineData(">-12.5<", ">NaN<", "imageZposition is \"NaN\"")]
    [InlineData("<xCoord>6<", "<xCoord>6.5<", "xCoord is \"6.5\"; must be a whole number")]
    public void Read_BrokenReading_IsLeftOutWithAWarningAndTheOtherStands(string part, string broken, string warning)
    {
        var nodule = Nodule("N1", Ratings, Roi);
        Assert.Contains(part, nodule, StringComparison.Ordinal);
        var annotations = Read(Message(nodule.Replace(part, broken, StringComparison.Ordinal) + Nodule("N2", Ratings, Roi)))!;
        Assert.Equal("N2", Assert.Single(annotations.Readings).NoduleId);
        Assert.StartsWith("nodule \"N1\" of reading session 1 is left out: " + warning, Assert.Single(annotations.Warnings));
    }

    [Fact]
    public void Read_Radiograph_IsNoAnnotationOfAScan() => Assert.Null(Read("<IdriReadMessage xmlns=\"http://www.nih.gov\"/>"));

    [Fact]
    public void Read_HostileOrBrokenXml_IsRefused()
    {
        Refused("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]><LidcReadMessage xmlns=\"http://www.nih.gov\">&b;</LidcReadMessage>", "DTD");
        Refused("<LidcReadMessage xmlns=\"http://www.nih.gov\">", "LidcReadMessage");
        Refused("<LidcReadMessage/>", "is in namespace \"\"; must be in \"http://www.nih.gov\"");
        Refused("", "Root element is missing");
        Refused(new string(' ', (16 << 20) + 1), "has 16777217 bytes; may have at most 16777216");
        Refused(Message(string.Concat(Enumerable.Repeat(Nodule("N", Ratings, ""), 401))), "has 401 readings of nodules; may have at most 400");
    }

    private static string Nodule(string id, string? ratings, string rois) =>
        $"<unblindedReadNodule><noduleID>{id}</noduleID>{(ratings is null ? "" : $"<characteristics>{ratings}</characteristics>")}{rois}</unblindedReadNodule>";

    private static string Message(string marks) =>
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><LidcReadMessage xmlns=\"http://www.nih.gov\"><ResponseHeader><SeriesInstanceUid>9.8.7</SeriesInstanceUid>"
        + $"</ResponseHeader><readingSession>{marks}</readingSession></LidcReadMessage>";

    private ScanAnnotations? Read(string xml) => AnnotationFile.Read(_scratch.Write("a.xml", Encoding.UTF8.GetBytes(xml)));

    private void Refused(string xml, string part) => Refusal.Assert(() => Read(xml), _scratch.PathOf("a.xml") + ": ", part);
}
