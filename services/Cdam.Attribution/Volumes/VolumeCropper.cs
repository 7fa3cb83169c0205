using Cdam.Attribution.Explanations;

namespace Cdam.Attribution.Volumes;

/// <summary>Cuts crops out of volumes of any spacing.</summary>
public static class VolumeCropper
{
    /// <summary>
    /// Resamples the 32³ crop of 1 mm whose voxel (16, 16, 16) lies at a place: trilinear between the eight neighbours, rounded to
    /// whole Hounsfield units (ties to even). Outside the volume every voxel is <see cref="CtVolume.Air"/>.
    /// </summary>
    /// <param name="volume">Not altered.</param>
    /// <param name="centre">In voxels, fractions allowed: 0 is the centre of the first voxel.</param>
    /// <exception cref="AttributionException">The place does not lie within the volume.</exception>
    public static VolumeCrop Crop(CtVolume volume, Xyz centre)
    {
        ArgumentNullException.ThrowIfNull(volume);
        volume.RequireWithin(centre);
        var (x, y, z) = Samples(volume, centre);
        var voxels = new short[VolumeCrop.Side * VolumeCrop.Side * VolumeCrop.Side];
        Span<double> row = stackalloc double[VolumeCrop.Side];
        for (var i = 0; i < voxels.Length; i += VolumeCrop.Side)
        {
            var (k, j) = (i / VolumeCrop.Side / VolumeCrop.Side, i / VolumeCrop.Side % VolumeCrop.Side);
            row.Clear();
            AddRow(volume, z.First(k), y.First(j), x, (1 - z.Fraction(k)) * (1 - y.Fraction(j)), row);
            AddRow(volume, z.First(k), y.First(j) + 1, x, (1 - z.Fraction(k)) * y.Fraction(j), row);
            AddRow(volume, z.First(k) + 1, y.First(j), x, z.Fraction(k) * (1 - y.Fraction(j)), row);
            AddRow(volume, z.First(k) + 1, y.First(j) + 1, x, z.Fraction(k) * y.Fraction(j), row);
            for (var column = 0; column < row.Length; column++)
            {
                voxels[i + column] = (short)Math.Round(row[column]);
            }
        }

        return new VolumeCrop(voxels);
    }

    /// <summary>
    /// The smallest part of a volume that gives the same crop, for sending it: a scan weighs 100 MB and more, the part well under one.
    /// </summary>
    /// <returns>The part, copied, and the place in its voxels.</returns>
    /// <exception cref="AttributionException">The place does not lie within the volume.</exception>
    public static (CtVolume Volume, Xyz Centre) Neighbourhood(CtVolume volume, Xyz centre)
    {
        ArgumentNullException.ThrowIfNull(volume);
        volume.RequireWithin(centre);
        var (x, y, z) = Samples(volume, centre);
        var (left, top, first) = (Math.Max(x.Begin, 0), Math.Max(y.Begin, 0), Math.Max(z.Begin, 0));
        var width = Math.Min(x.End, volume.Width) - left;
        var height = Math.Min(y.End, volume.Height) - top;
        var depth = Math.Min(z.End, volume.Depth) - first;
        var part = new short[depth * height * width];
        for (var row = 0; row < depth * height; row++)
        {
            var source = ((long)(first + row / height) * volume.Height + top + row % height) * volume.Width + left;
            volume.Voxels.Span.Slice((int)source, width).CopyTo(part.AsSpan(row * width));
        }

        return (new CtVolume(depth, height, width, part, volume.Spacing), new Xyz(centre.X - left, centre.Y - top, centre.Z - first));
    }

    private static (AxisSamples X, AxisSamples Y, AxisSamples Z) Samples(CtVolume volume, Xyz centre) =>
        (new(centre.X, volume.Spacing.X), new(centre.Y, volume.Spacing.Y), new(centre.Z, volume.Spacing.Z));

    /// <summary>Adds a row of the volume, interpolated along x, times a weight.</summary>
    private static void AddRow(CtVolume volume, int z, int y, AxisSamples x, double weight, Span<double> row)
    {
        var isInside = z >= 0 && z < volume.Depth && y >= 0 && y < volume.Height;
        var voxels = isInside ? volume.Voxels.Span.Slice((int)(((long)z * volume.Height + y) * volume.Width), volume.Width) : [];
        for (var i = 0; i < row.Length; i++)
        {
            double before = At(voxels, x.First(i)), after = At(voxels, x.First(i) + 1);
            row[i] += weight * (before + x.Fraction(i) * (after - before));
        }
    }

    private static short At(ReadOnlySpan<short> voxels, int position) =>
        (uint)position < (uint)voxels.Length ? voxels[position] : CtVolume.Air;
}
