using System.Xml;
using System.Xml.Linq;

namespace Cdam.Training.Lidc.Annotations;

/// <summary>Reads the XML file that comes with a LIDC-IDRI scan.</summary>
internal static class AnnotationFile
{
    public static readonly XNamespace Namespace = "http://www.nih.gov";

    /// <summary>The largest real ones have 2 MiB.</summary>
    private const long MostBytes = 16 << 20;

    /// <summary>Four radiologists mark up to some twenty nodules each.</summary>
    private const int MostReadings = 400;

    /// <returns>Null for XML that is about something else, such as the radiographs of the same patient.</returns>
    /// <exception cref="LidcException">The file is too large, no well-formed XML, or declares a document type.</exception>
    public static ScanAnnotations? Read(string path)
    {
        var root = Load(path).Root!;
        if (root.Name.LocalName != "LidcReadMessage")
        {
            return null;
        }

        if (root.Name.Namespace != Namespace)
        {
            throw new LidcException($"{path}: LidcReadMessage is in namespace \"{root.Name.NamespaceName}\"; must be in \"{Namespace}\"");
        }

        var sessions = new ReadingSessions();
        foreach (var (session, index) in root.Elements(Namespace + "readingSession").Select((session, index) => (session, index)))
        {
            sessions.Add(session, index);
        }

        if (sessions.Readings.Count > MostReadings)
        {
            throw new LidcException($"{path}: has {sessions.Readings.Count} readings of nodules; may have at most {MostReadings}");
        }

        var series = root.Element(Namespace + "ResponseHeader")?.Element(Namespace + "SeriesInstanceUid")?.Value.Trim();
        return new ScanAnnotations(
            path, string.IsNullOrEmpty(series) ? null : series, sessions.Readings, sessions.SmallNodules, sessions.NonNodules, sessions.Warnings);
    }

    private static XDocument Load(string path)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        };
        try
        {
            using var stream = File.OpenRead(path);
            if (stream.Length > MostBytes)
            {
                throw new LidcException($"{path}: has {stream.Length} bytes; may have at most {MostBytes}");
            }

            using var reader = XmlReader.Create(stream, settings);
            return XDocument.Load(reader);
        }
        catch (XmlException e)
        {
            throw new LidcException($"{path}: {e.Message}", e);
        }
    }
}
