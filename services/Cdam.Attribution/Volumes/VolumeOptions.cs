using System.Globalization;
using Cdam.Attribution.Preprocessing;

namespace Cdam.Attribution.Volumes;

/// <summary>
/// How a LIDC model takes crops (Section 5 of the paper): Hounsfield units clamped to a window, a slice of each view resized
/// bilinearly, (HU − mean) / std, repeated over three channels.
/// </summary>
public sealed record VolumeOptions
{
    /// <summary>Lower end of the window, HU; default −1000.</summary>
    public int HuMin { get; init; } = -1000;

    /// <summary>Upper end of the window, HU, above <see cref="HuMin"/>; default 400.</summary>
    public int HuMax { get; init; } = 400;

    /// <summary>Mean of the training fold's clamped voxels, HU, within the window.</summary>
    public required float Mean { get; init; }

    /// <summary>Their standard deviation, HU, 1 to the window's width.</summary>
    public required float Std { get; init; }

    /// <summary>Side of a prepared slice in pixels, 32 to 4096, whole patches.</summary>
    public required int Side { get; init; }

    /// <summary>The slice of each view that is looked at, 0 to 31; default 16, through the crop's centre.</summary>
    public int Slice { get; init; } = VolumeCrop.Centre;

    /// <summary>
    /// The preprocessing by which a picture of a whole slice (black <see cref="HuMin"/>, white <see cref="HuMax"/>) becomes what the
    /// slice itself becomes, but for rounding to 8 bits.
    /// </summary>
    public PreprocessingOptions ForPictures()
    {
        var (mean, std) = ((Mean - HuMin) / (HuMax - HuMin), Std / (HuMax - HuMin));
        return new PreprocessingOptions
        {
            Resize = ResizeMode.Exact,
            Side = Side,
            Kernel = ResizeKernel.Bilinear,
            Crop = null,
            Mean = [mean, mean, mean],
            Std = [std, std, std],
        };
    }

    /// <summary>Every fault: property as JSON names it, value, rule.</summary>
    /// <param name="patch">Side of the model's patches, pixels.</param>
    internal IEnumerable<string> Faults(int patch)
    {
        if (HuMin < short.MinValue || HuMax > short.MaxValue || HuMin >= HuMax)
        {
            yield return $"volume.hu_min is {HuMin} and hu_max {HuMax}; must be {short.MinValue} to {short.MaxValue}, the first below the second";
        }

        if (!(Mean >= HuMin && Mean <= HuMax))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"volume.mean is {Mean}; must be Hounsfield units, hu_min to hu_max");
        }

        if (!(Std >= 1 && Std <= (double)HuMax - HuMin))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"volume.std is {Std}; must be Hounsfield units, 1 to hu_max − hu_min");
        }

        if (Side < VolumeCrop.Side || Side > PreprocessingOptions.LargestSide || Side % patch != 0)
        {
            yield return $"volume.side is {Side}; must be {VolumeCrop.Side} to {PreprocessingOptions.LargestSide} and a multiple of the patch size {patch}";
        }

        if (Slice is < 0 or >= VolumeCrop.Side)
        {
            yield return $"volume.slice is {Slice}; must be 0 to {VolumeCrop.Side - 1}";
        }
    }
}
