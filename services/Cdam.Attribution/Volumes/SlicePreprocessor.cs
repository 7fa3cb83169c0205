using Cdam.Attribution.Explanations;
using Cdam.Attribution.Preprocessing;

namespace Cdam.Attribution.Volumes;

/// <summary>Brings slices to what a LIDC model takes. Safe to use from several threads.</summary>
public sealed class SlicePreprocessor(VolumeOptions options)
{
    /// <summary>The options.</summary>
    public VolumeOptions Options { get; } = options;

    /// <summary>The slices of a crop that the model looks at: axial, coronal, sagittal.</summary>
    public IReadOnlyList<PreparedSlice> Prepare(VolumeCrop crop)
    {
        ArgumentNullException.ThrowIfNull(crop);
        return [.. Enum.GetValues<SliceView>().Select(view => Prepare(crop.Slice(view, Options.Slice)))];
    }

    /// <summary>
    /// Clamps, resizes, normalises. Bilinear, pixels' centres at half integers, edges held: it cannot leave the window, as bicubic
    /// would at a nodule's edge.
    /// </summary>
    public PreparedSlice Prepare(ViewSlice slice)
    {
        ArgumentNullException.ThrowIfNull(slice);
        var units = Resize(Clamp(slice.Voxels.Span));
        var picture = new PixelImage(Options.Side, Options.Side, Greys(units));
        var whole = new SourceRegion(0, 0, VolumeCrop.Side, VolumeCrop.Side);
        return new PreparedSlice(slice.View, ModelInput.FromNormalized(Options.Side, Options.Side, Normalize(units)), new PreparedImage(picture, whole, VolumeCrop.Side, VolumeCrop.Side));
    }

    private float[] Clamp(ReadOnlySpan<short> voxels)
    {
        var clamped = new float[voxels.Length];
        for (var i = 0; i < clamped.Length; i++)
        {
            clamped[i] = Math.Clamp(voxels[i], Options.HuMin, Options.HuMax);
        }

        return clamped;
    }

    private float[] Resize(float[] slice)
    {
        const int Last = VolumeCrop.Side - 1;
        var side = Options.Side;
        var positions = Enumerable.Range(0, side).Select(Position).ToArray();
        var resized = new float[side * side];
        for (int y = 0, i = 0; y < side; y++)
        {
            var (row, down) = positions[y];
            var upper = slice.AsSpan(row * VolumeCrop.Side, VolumeCrop.Side);
            var lower = slice.AsSpan(Math.Min(row + 1, Last) * VolumeCrop.Side, VolumeCrop.Side);
            for (var x = 0; x < side; x++, i++)
            {
                var (column, right) = positions[x];
                var next = Math.Min(column + 1, Last);
                var above = upper[column] + right * (upper[next] - upper[column]);
                var below = lower[column] + right * (lower[next] - lower[column]);
                resized[i] = above + down * (below - above);
            }
        }

        return resized;

        (int First, float Fraction) Position(int pixel)
        {
            var position = Math.Clamp((pixel + 0.5f) * VolumeCrop.Side / side - 0.5f, 0, Last);
            return ((int)position, position - (int)position);
        }
    }

    private float[] Normalize(float[] units)
    {
        var values = new float[3 * units.Length];
        for (var i = 0; i < units.Length; i++)
        {
            values[i] = (units[i] - Options.Mean) / Options.Std;
        }

        values.AsSpan(0, units.Length).CopyTo(values.AsSpan(units.Length));
        values.AsSpan(0, units.Length).CopyTo(values.AsSpan(2 * units.Length));
        return values;
    }

    private byte[] Greys(float[] units)
    {
        var rgb = new byte[3 * units.Length];
        for (var i = 0; i < units.Length; i++)
        {
            var grey = (byte)MathF.Round((units[i] - Options.HuMin) / (Options.HuMax - Options.HuMin) * 255);
            rgb.AsSpan(3 * i, 3).Fill(grey);
        }

        return rgb;
    }
}
