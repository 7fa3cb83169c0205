namespace Cdam.Training.Lidc.Phantoms.Geometry;

/// <summary>Smooth random texture in space: random values on a periodic lattice, interpolated with smooth steps; values in (−1, 1).</summary>
internal sealed class ValueNoise
{
    private const int Side = 32;
    private const int Mask = Side - 1;
    private readonly float[] _lattice = new float[Side * Side * Side];

    public ValueNoise(PhantomRandom random)
    {
        for (var i = 0; i < _lattice.Length; i++)
        {
            _lattice[i] = (float)random.Uniform(-1, 1);
        }
    }

    /// <summary>The value at a point.</summary>
    /// <param name="point">mm.</param>
    /// <param name="scale">Size of the texture's grains, mm.</param>
    public double At(Point3 point, double scale)
    {
        var (x, y, z) = (point.X / scale, point.Y / scale, point.Z / scale);
        var (x0, y0, z0) = (Math.Floor(x), Math.Floor(y), Math.Floor(z));
        var (u, v, w) = (Ramp.Smooth(x - x0), Ramp.Smooth(y - y0), Ramp.Smooth(z - z0));
        var (i, j, k) = ((int)x0, (int)y0, (int)z0);
        return Ramp.Mix(Plane(i, j, k, u, v), Plane(i, j, k + 1, u, v), w);
    }

    private double Plane(int i, int j, int k, double u, double v) =>
        Ramp.Mix(Row(i, j, k, u), Row(i, j + 1, k, u), v);

    private double Row(int i, int j, int k, double u)
    {
        var start = ((k & Mask) * Side + (j & Mask)) * Side;
        return Ramp.Mix(_lattice[start + (i & Mask)], _lattice[start + (i + 1 & Mask)], u);
    }
}
