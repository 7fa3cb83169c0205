namespace Cdam.Attribution.Volumes;

/// <summary>Where the voxels of a crop lie along one axis of a volume: crop voxel i between voxels First[i] and First[i] + 1.</summary>
internal sealed class AxisSamples
{
    private readonly int[] _first = new int[VolumeCrop.Side];
    private readonly double[] _fraction = new double[VolumeCrop.Side];

    /// <param name="centre">Where crop voxel <see cref="VolumeCrop.Centre"/> lies, in voxels of the volume.</param>
    /// <param name="spacing">Of the volume, mm.</param>
    public AxisSamples(double centre, double spacing)
    {
        // Counted from the centre's own voxel, so that the same place in a part of the volume gives the same fractions to the last bit.
        var whole = Math.Floor(centre);
        for (var i = 0; i < VolumeCrop.Side; i++)
        {
            var position = centre - whole + (i - VolumeCrop.Centre) * VolumeCrop.Spacing / spacing;
            var floor = Math.Floor(position);
            _first[i] = (int)(whole + floor);
            _fraction[i] = position - floor;
        }
    }

    /// <summary>The first voxel that any sample needs; it may lie outside the volume.</summary>
    public int Begin => _first[0];

    /// <summary>One past the last voxel that any sample needs; it may lie outside the volume.</summary>
    public int End => _first[^1] + 2;

    /// <summary>The voxel at or before a sample.</summary>
    public int First(int sample) => _first[sample];

    /// <summary>Weight of the voxel after it, 0 to 1.</summary>
    public double Fraction(int sample) => _fraction[sample];
}
