using System.Globalization;
using System.Xml.Linq;
using Cdam.Training.Lidc.Dicom;

namespace Cdam.Training.Lidc.Annotations;

/// <summary>Gathers the marks of the radiologists. A reading that breaks a rule is left out with a warning; the others stand.</summary>
internal sealed class ReadingSessions
{
    /// <summary>A contour around the largest nodule has some 500 points.</summary>
    private const int MostPoints = 4096;

    private static readonly XNamespace Namespace = AnnotationFile.Namespace;

    public List<NoduleReading> Readings { get; } = [];

    public List<string> Warnings { get; } = [];

    public int SmallNodules { get; private set; }

    public int NonNodules { get; private set; }

    public void Add(XElement session, int index)
    {
        NonNodules += session.Elements(Namespace + "nonNodule").Count();
        foreach (var nodule in session.Elements(Namespace + "unblindedReadNodule"))
        {
            var id = Text(nodule, "noduleID");
            // Some nodules below 3 mm do carry ratings, all of them blank or zero.
            if (nodule.Element(Namespace + "characteristics") is not { } rated || rated.Elements().All(rating => rating.Value.Trim() is "" or "0"))
            {
                SmallNodules++;
                continue;
            }

            try
            {
                Readings.Add(new NoduleReading(index, id, Rate(rated), [.. nodule.Elements(Namespace + "roi").Select(ReadOutline)]));
            }
            catch (FormatException fault)
            {
                Warnings.Add($"nodule {DicomInput.Quote(id)} of reading session {index + 1} is left out: {fault.Message}");
            }
        }
    }

    private static Characteristics Rate(XElement rated) => new(
        Rating(rated, "subtlety", 5),
        Rating(rated, "calcification", 6),
        Rating(rated, "margin", 5),
        Rating(rated, "lobulation", 5),
        Rating(rated, "spiculation", 5),
        Rating(rated, "texture", 5),
        Rating(rated, "sphericity", 5),
        Rating(rated, "malignancy", 5));

    private static int Rating(XElement rated, string name, int highest)
    {
        var text = Text(rated, name);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rating) && rating >= 1 && rating <= highest
            ? rating
            : throw new FormatException($"{name} is {DicomInput.Quote(text)}; must be 1 to {highest}");
    }

    private static Outline ReadOutline(XElement roi)
    {
        var text = Text(roi, "imageZposition");
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var z) || !double.IsFinite(z))
        {
            throw new FormatException($"imageZposition is {DicomInput.Quote(text)}; must be a number of mm");
        }

        var inclusion = Text(roi, "inclusion");
        if (inclusion is not ("TRUE" or "FALSE"))
        {
            throw new FormatException($"inclusion is {DicomInput.Quote(inclusion)}; must be TRUE or FALSE");
        }

        var points = roi.Elements(Namespace + "edgeMap").Select(edge => (Coordinate(edge, "xCoord"), Coordinate(edge, "yCoord"))).ToList();
        var sop = Text(roi, "imageSOP_UID");
        return points.Count <= MostPoints
            ? new Outline(sop.Length > 0 ? sop : null, z, inclusion == "FALSE", points)
            : throw new FormatException($"a roi has {points.Count} edgeMap points; may have at most {MostPoints}");
    }

    private static int Coordinate(XElement edge, string name)
    {
        var text = Text(edge, name);
        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var coordinate)
            ? coordinate
            : throw new FormatException($"{name} is {DicomInput.Quote(text)}; must be a whole number");
    }

    private static string Text(XElement parent, string name) => parent.Element(Namespace + name)?.Value.Trim() ?? "";
}
