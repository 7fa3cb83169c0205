using System.Globalization;
using System.Text;
using Cdam.Training.Tests.Lidc.Dicom;

namespace Cdam.Training.Tests.Lidc;

/// <summary>Writes a scan of known content, in LIDC-IDRI's layout, with what radiologists drew on it.</summary>
internal sealed record TestScan
{
    public string Patient { get; init; } = "LIDC-IDRI-0001";

    public string Series { get; init; } = "1.2.3";

    public int Side { get; init; } = 64;

    /// <summary>Millimetres.</summary>
    public double Pixel { get; init; } = 0.7;

    /// <summary>Millimetres.</summary>
    public double Spacing { get; init; } = 2.5;

    public int Slices { get; init; } = 20;

    /// <summary>Slices that are not written.</summary>
    public IReadOnlyList<int> Missing { get; init; } = [];

    /// <summary>Direction cosines of rows and columns: 1 or −1 for each of x and y.</summary>
    public (int X, int Y) Direction { get; init; } = (1, 1);

    /// <summary>Hounsfield units at a point of the patient, in mm from the middle of the scan.</summary>
    public Func<double, double, double, double> Hounsfield { get; init; } = (_, _, _) => -800;

    /// <summary>A marked nodule by session; the sessions' ellipsoids are drawn where they are given.</summary>
    public IReadOnlyList<TestReading> Readings { get; init; } = [];

    /// <summary>Left out: there is no XML.</summary>
    public bool IsAnnotated { get; init; } = true;

    /// <returns>The series' folder.</returns>
    public string Write(string root)
    {
        var folder = Path.Combine(root, Patient, "1.1", Series);
        Directory.CreateDirectory(folder);
        for (var k = 0; k < Slices; k++)
        {
            if (!Missing.Contains(k))
            {
                // Names that do not follow the order of the slices.
                File.WriteAllBytes(Path.Combine(folder, $"{k * 7 % 101:000}.dcm"), Slice(k).ToFile());
            }
        }

        if (IsAnnotated)
        {
            File.WriteAllText(Path.Combine(folder, "annotations.xml"), Xml(), Encoding.UTF8);
        }

        return folder;
    }

    /// <summary>A voxel's place in mm from the middle of the scan.</summary>
    public (double X, double Y, double Z) Place(int column, int row, int slice) =>
        (Direction.X * (column - (Side - 1) / 2.0) * Pixel, Direction.Y * (row - (Side - 1) / 2.0) * Pixel, (slice - (Slices - 1) / 2.0) * Spacing);

    private TestSlice Slice(int k)
    {
        var pixels = new short[Side * Side];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (x, y, z) = Place(i % Side, i / Side, k);
            pixels[i] = (short)Math.Round(Hounsfield(x, y, z) + 1024);
        }

        var first = Place(0, 0, k);
        return new TestSlice
        {
            Syntax = k % 2 == 0 ? TestSlice.Explicit : TestSlice.Implicit,
            Sop = $"{Series}.{k + 1}",
            Series = Series,
            Patient = Patient,
            InstanceNumber = k + 1,
            Rows = Side,
            Columns = Side,
            Pixels = pixels,
            Spacing = string.Create(CultureInfo.InvariantCulture, $@"{Pixel}\{Pixel}"),
            Position = string.Create(CultureInfo.InvariantCulture, $@"{first.X}\{first.Y}\{first.Z}"),
            Orientation = $@"{Direction.X}\0\0\0\{Direction.Y}\0",
        };
    }

    private string Xml()
    {
        var sessions = Readings.GroupBy(reading => reading.Session).OrderBy(session => session.Key)
            .Select(session => $"<readingSession>{string.Concat(session.Select((reading, i) => reading.Xml(this, $"Nodule {i}")))}</readingSession>");
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<LidcReadMessage xmlns=\"http://www.nih.gov\">"
            + $"<ResponseHeader><SeriesInstanceUid>{Series}</SeriesInstanceUid></ResponseHeader>{string.Concat(sessions)}</LidcReadMessage>";
    }
}
