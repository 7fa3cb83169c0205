namespace Cdam.Training.Lidc.Volumes;

/// <summary>Where the voxels of a stack of slices lie in the patient.</summary>
internal sealed class ScanGeometry
{
    private readonly Vector3D _origin;
    private readonly Vector3D _axisX;
    private readonly Vector3D _axisY;
    private readonly Vector3D _normal;

    /// <param name="origin">Centre of the first pixel of any slice.</param>
    /// <param name="axisX">Unit vector towards higher columns.</param>
    /// <param name="axisY">Unit vector towards higher rows.</param>
    /// <param name="spacingX">Millimetres between columns.</param>
    /// <param name="spacingY">Millimetres between rows.</param>
    /// <param name="slices">Positions along the normal, which is X × Y.</param>
    public ScanGeometry(Vector3D origin, Vector3D axisX, Vector3D axisY, double spacingX, double spacingY, SliceAxis slices)
    {
        _axisX = axisX;
        _axisY = axisY;
        _normal = axisX.Cross(axisY);
        // In the plane of position 0, so that slice positions can be added as they are.
        _origin = origin - _normal * origin.Dot(_normal);
        SpacingX = spacingX;
        SpacingY = spacingY;
        Slices = slices;
    }

    /// <summary>Millimetres between columns.</summary>
    public double SpacingX { get; }

    /// <summary>Millimetres between rows.</summary>
    public double SpacingY { get; }

    /// <summary>The slices along their normal.</summary>
    public SliceAxis Slices { get; }

    /// <summary>
    /// The patient's coordinates of a column and row, with fractions, in a plane at <paramref name="position"/> mm along the normal.
    /// </summary>
    public Vector3D ToPatient(double x, double y, double position) =>
        _origin + _axisX * (x * SpacingX) + _axisY * (y * SpacingY) + _normal * position;

    /// <summary>How far a point of the patient lies along the normal, in mm.</summary>
    public double ToPosition(Vector3D patient) => (patient - _origin).Dot(_normal);

    /// <summary>Column, row and slice, with fractions, of a point in the patient.</summary>
    public Vector3D ToVoxel(Vector3D patient)
    {
        var offset = patient - _origin;
        return new Vector3D(offset.Dot(_axisX) / SpacingX, offset.Dot(_axisY) / SpacingY, Slices.ToIndex(ToPosition(patient)));
    }

    /// <summary>The same scan, of which only some slices are looked at.</summary>
    public ScanGeometry Part(int first, int count) =>
        new(_origin, _axisX, _axisY, SpacingX, SpacingY, new SliceAxis([.. Enumerable.Range(first, count).Select(k => Slices[k])]));
}
