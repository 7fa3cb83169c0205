namespace Cdam.Attribution.Volumes;

/// <summary>
/// Where the voxels of a crop lie along one axis of a volume: each between two voxels of the volume, or beyond its faces. In the outer
/// half of an outermost voxel its own value holds.
/// </summary>
internal sealed class AxisSamples
{
    private const int Outside = -1;
    private readonly int[] _lower = new int[VolumeCrop.Side];
    private readonly double[] _fraction = new double[VolumeCrop.Side];
    private readonly int _last;

    /// <param name="centre">Where crop voxel <see cref="VolumeCrop.Centre"/> lies, in voxels of the volume; within it.</param>
    /// <param name="spacing">Of the volume, mm.</param>
    /// <param name="extent">Voxels of the volume.</param>
    public AxisSamples(double centre, double spacing, int extent)
    {
        _last = extent - 1;

        // Counted from the centre's own voxel, so that the same place in a part of the volume gives the same fractions to the last bit.
        var whole = Math.Floor(centre);
        for (var i = 0; i < VolumeCrop.Side; i++)
        {
            var position = centre - whole + (i - VolumeCrop.Centre) * VolumeCrop.Spacing / spacing;
            if (position < -0.5 - whole || position > _last + 0.5 - whole)
            {
                _lower[i] = Outside;
                continue;
            }

            var held = Math.Clamp(position, -whole, _last - whole);
            _lower[i] = (int)(whole + Math.Floor(held));
            _fraction[i] = held - Math.Floor(held);
        }
    }

    /// <summary>The first voxel that any sample needs.</summary>
    public int Begin => _lower.Where(voxel => voxel != Outside).Min();

    /// <summary>One past the last voxel that any sample needs.</summary>
    public int End => Enumerable.Range(0, VolumeCrop.Side).Where(IsInside).Max(Upper) + 1;

    /// <summary>Whether a sample lies within the volume's faces.</summary>
    public bool IsInside(int sample) => _lower[sample] != Outside;

    /// <summary>The voxel at or before a sample.</summary>
    public int Lower(int sample) => _lower[sample];

    /// <summary>The voxel after it, the same one at the end.</summary>
    public int Upper(int sample) => Math.Min(_lower[sample] + 1, _last);

    /// <summary>Weight of the voxel after it, 0 to 1.</summary>
    public double Fraction(int sample) => _fraction[sample];
}
