using Cdam.Attribution.Explanations;

namespace Cdam.Attribution.Volumes;

/// <summary>Cuts crops out of volumes of any spacing.</summary>
public static class VolumeCropper
{
    /// <summary>
    /// Resamples the 32³ crop of 1 mm whose voxel (16, 16, 16) lies at a place: trilinear between the eight neighbours, rounded to
    /// whole Hounsfield units (ties to even). The outer halves of the outermost voxels have their values; what lies beyond the volume's
    /// faces is <see cref="CtVolume.Air"/>.
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
            var isInside = z.IsInside(k) && y.IsInside(j);
            row.Clear();
            if (isInside)
            {
                AddRow(volume, z.Lower(k), y.Lower(j), x, (1 - z.Fraction(k)) * (1 - y.Fraction(j)), row);
                AddRow(volume, z.Lower(k), y.Upper(j), x, (1 - z.Fraction(k)) * y.Fraction(j), row);
                AddRow(volume, z.Upper(k), y.Lower(j), x, z.Fraction(k) * (1 - y.Fraction(j)), row);
                AddRow(volume, z.Upper(k), y.Upper(j), x, z.Fraction(k) * y.Fraction(j), row);
            }

            for (var column = 0; column < row.Length; column++)
            {
                voxels[i + column] = isInside && x.IsInside(column) ? (short)Math.Round(row[column]) : CtVolume.Air;
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
        var (left, top, first) = (x.Begin, y.Begin, z.Begin);
        var (width, height, depth) = (x.End - left, y.End - top, z.End - first);
        var part = new short[depth * height * width];
        for (var row = 0; row < depth * height; row++)
        {
            var source = ((long)(first + row / height) * volume.Height + top + row % height) * volume.Width + left;
            volume.Voxels.Span.Slice((int)source, width).CopyTo(part.AsSpan(row * width));
        }

        return (new CtVolume(depth, height, width, part, volume.Spacing), new Xyz(centre.X - left, centre.Y - top, centre.Z - first));
    }

    private static (AxisSamples X, AxisSamples Y, AxisSamples Z) Samples(CtVolume volume, Xyz centre) =>
        (new(centre.X, volume.Spacing.X, volume.Width), new(centre.Y, volume.Spacing.Y, volume.Height), new(centre.Z, volume.Spacing.Z, volume.Depth));

    /// <summary>Adds a row of the volume, interpolated along x, times a weight.</summary>
    private static void AddRow(CtVolume volume, int z, int y, AxisSamples x, double weight, Span<double> row)
    {
        var voxels = volume.Voxels.Span.Slice((int)(((long)z * volume.Height + y) * volume.Width), volume.Width);
        for (var i = 0; i < row.Length; i++)
        {
            if (x.IsInside(i))
            {
                double before = voxels[x.Lower(i)], after = voxels[x.Upper(i)];
                row[i] += weight * (before + x.Fraction(i) * (after - before));
            }
        }
    }
}
