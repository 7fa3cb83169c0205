using System.Globalization;
using System.Text;

namespace Cdam.Training.Tests.Lidc;

/// <summary>An ellipsoid that one radiologist drew, and rated.</summary>
/// <param name="Session">Which radiologist.</param>
/// <param name="Centre">Millimetres from the middle of the scan.</param>
/// <param name="Radii">Millimetres along x, y and z.</param>
/// <param name="Malignancy">The only rating that tests vary.</param>
internal sealed record TestReading(int Session, (double X, double Y, double Z) Centre, (double X, double Y, double Z) Radii, int Malignancy = 3)
{
    public static TestReading Sphere(int session, double x, double y, double z, double radius, int malignancy = 3) =>
        new(session, (x, y, z), (radius, radius, radius), malignancy);

    public bool Holds((double X, double Y, double Z) place) =>
        Square((place.X - Centre.X) / Radii.X) + Square((place.Y - Centre.Y) / Radii.Y) + Square((place.Z - Centre.Z) / Radii.Z) <= 1;

    public string Xml(TestScan scan, string id)
    {
        var rois = new StringBuilder();
        for (var k = 0; k < scan.Slices; k++)
        {
            if (Contour(scan, k) is { Count: > 0 } contour)
            {
                var z = scan.Place(0, 0, k).Z.ToString(CultureInfo.InvariantCulture);
                rois.Append(CultureInfo.InvariantCulture, $"<roi><imageZposition>{z}</imageZposition><imageSOP_UID>{scan.Series}.{k + 1}</imageSOP_UID>")
                    .Append("<inclusion>TRUE</inclusion>")
                    .AppendJoin("", contour.Select(point => $"<edgeMap><xCoord>{point.X}</xCoord><yCoord>{point.Y}</yCoord></edgeMap>"))
                    .Append("</roi>");
            }
        }

        return $"<unblindedReadNodule><noduleID>{id}</noduleID><characteristics><subtlety>{1 + Session % 5}</subtlety><internalStructure>1</internalStructure>"
            + "<calcification>6</calcification><sphericity>4</sphericity><margin>5</margin><lobulation>1</lobulation><spiculation>2</spiculation>"
            + $"<texture>5</texture><malignancy>{Malignancy}</malignancy></characteristics>{rois}</unblindedReadNodule>";
    }

    /// <summary>The pixels just outside the ellipsoid: down its left side, up its right one. It is convex, so each row is one run.</summary>
    private List<(int X, int Y)> Contour(TestScan scan, int slice)
    {
        var left = new List<(int X, int Y)>();
        var right = new List<(int X, int Y)>();
        for (var y = 0; y < scan.Side; y++)
        {
            var run = Enumerable.Range(0, scan.Side).Where(x => Holds(scan.Place(x, y, slice))).ToList();
            if (run.Count > 0)
            {
                left.Add((run[0] - 1, y));
                right.Add((run[^1] + 1, y));
            }
        }

        if (left.Count == 0)
        {
            return [];
        }

        // Lids: the rows above and below have no pixel of the nodule.
        (int X, int Y)[] lid = [(right[0].X - 1, left[0].Y - 1), (left[0].X + 1, left[0].Y - 1)];
        (int X, int Y)[] floor = [(left[^1].X + 1, left[^1].Y + 1), (right[^1].X - 1, left[^1].Y + 1)];
        return [.. lid, .. left, .. floor, .. Enumerable.Reverse(right)];
    }

    private static double Square(double value) => value * value;
}
