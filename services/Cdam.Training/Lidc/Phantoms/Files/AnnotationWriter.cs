using System.Globalization;
using System.Text;
using System.Xml;
using Cdam.Training.Lidc.Phantoms.Geometry;
using Cdam.Training.Lidc.Phantoms.Readings;

namespace Cdam.Training.Lidc.Phantoms.Files;

/// <summary>Writes readings as LIDC's XML of the second, unblinded reading.</summary>
internal sealed class AnnotationWriter(PhantomPatient patient, ScanUids uids)
{
    private const string Namespace = "http://www.nih.gov";
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" };

    /// <summary>A whole file.</summary>
    public byte[] File(ScanReadings readings)
    {
        using var file = new MemoryStream();
        using (var xml = XmlWriter.Create(file, Settings))
        {
            xml.WriteStartElement("LidcReadMessage", Namespace);
            xml.WriteAttributeString("uid", uids.Annotation);
            Header(xml);
            for (var reader = 0; reader < readings.Sessions.Count; reader++)
            {
                Session(xml, reader, readings.Sessions[reader]);
            }

            xml.WriteEndElement();
        }

        return file.ToArray();
    }

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static void Value(XmlWriter xml, string name, string value) => xml.WriteElementString(name, Namespace, value);

    private void Header(XmlWriter xml)
    {
        xml.WriteStartElement("ResponseHeader", Namespace);
        Value(xml, "Version", "1.8.1");
        Value(xml, "MessageId", Text(patient.Number));
        Value(xml, "DateRequest", "2000-01-01");
        Value(xml, "TimeRequest", "00:00:00");
        Value(xml, "RequestingSite", "removed");
        Value(xml, "ServicingSite", "removed");
        Value(xml, "TaskDescription", "Second unblinded read");
        Value(xml, "CtImageFile", "removed");
        Value(xml, "SeriesInstanceUid", uids.Series);
        Value(xml, "DateService", "2000-01-01");
        Value(xml, "TimeService", "00:00:00");
        Value(xml, "ResponseDescription", "1 - Reading complete");
        Value(xml, "StudyInstanceUID", uids.Study);
        xml.WriteEndElement();
    }

    private void Session(XmlWriter xml, int reader, ReadingSession session)
    {
        xml.WriteStartElement("readingSession", Namespace);
        Value(xml, "annotationVersion", "3.12");
        Value(xml, "servicingRadiologistID", "anonymous");
        var number = 0;
        string Id(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind} {reader + 1}{++number:000}");

        foreach (var reading in session.Nodules)
        {
            Nodule(xml, Id("Nodule"), reading);
        }

        foreach (var nodule in session.SmallNodules)
        {
            SmallNodule(xml, Id("Nodule"), patient.SmallNodules[nodule].Centre);
        }

        foreach (var nonNodule in session.NonNodules)
        {
            NonNodule(xml, Id("NonNodule"), patient.NonNodules[nonNodule]);
        }

        xml.WriteEndElement();
    }

    private void Nodule(XmlWriter xml, string id, NoduleReading reading)
    {
        xml.WriteStartElement("unblindedReadNodule", Namespace);
        Value(xml, "noduleID", id);
        Ratings(xml, reading.Characteristics);
        foreach (var contour in ContourTracer.Trace(reading.Mask))
        {
            Roi(xml, contour.Slice, contour.Points);
        }

        xml.WriteEndElement();
    }

    private static void Ratings(XmlWriter xml, Characteristics ratings)
    {
        xml.WriteStartElement("characteristics", Namespace);
        Value(xml, "subtlety", Text(ratings.Subtlety));
        Value(xml, "internalStructure", "1");
        Value(xml, "calcification", Text(ratings.Calcification));
        Value(xml, "sphericity", Text(ratings.Sphericity));
        Value(xml, "margin", Text(ratings.Margin));
        Value(xml, "lobulation", Text(ratings.Lobulation));
        Value(xml, "spiculation", Text(ratings.Spiculation));
        Value(xml, "texture", Text(ratings.Texture));
        Value(xml, "malignancy", Text(ratings.Malignancy));
        xml.WriteEndElement();
    }

    private void SmallNodule(XmlWriter xml, string id, Point3 centre)
    {
        var (column, row, slice) = Voxel(centre);
        xml.WriteStartElement("unblindedReadNodule", Namespace);
        Value(xml, "noduleID", id);
        Roi(xml, slice, [(column, row)]);
        xml.WriteEndElement();
    }

    private void NonNodule(XmlWriter xml, string id, Point3 point)
    {
        var (column, row, slice) = Voxel(point);
        xml.WriteStartElement("nonNodule", Namespace);
        Value(xml, "nonNoduleID", id);
        Image(xml, slice);
        xml.WriteStartElement("locus", Namespace);
        Pixel(xml, column, row);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void Roi(XmlWriter xml, int slice, IReadOnlyList<(int Column, int Row)> points)
    {
        xml.WriteStartElement("roi", Namespace);
        Image(xml, slice);
        Value(xml, "inclusion", "TRUE");
        foreach (var (column, row) in points)
        {
            xml.WriteStartElement("edgeMap", Namespace);
            Pixel(xml, column, row);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private void Image(XmlWriter xml, int slice)
    {
        Value(xml, "imageZposition", Text(patient.Grid.Z(slice)));
        Value(xml, "imageSOP_UID", uids.Slice(slice));
    }

    private static void Pixel(XmlWriter xml, int column, int row)
    {
        Value(xml, "xCoord", Text(column));
        Value(xml, "yCoord", Text(row));
    }

    private (int Column, int Row, int Slice) Voxel(Point3 point)
    {
        var voxel = patient.Grid.ToVoxel(point);
        return ((int)Math.Round(voxel.X), (int)Math.Round(voxel.Y), (int)Math.Round(voxel.Z));
    }
}
