using System.Text.Json.Serialization;

namespace Cdam.Attribution.Preprocessing;

/// <summary>
/// How a model wants its pictures; the defaults are ImageNet's usual evaluation. Serialises to JSON with snake_case names.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PreprocessingOptions
{
    /// <summary>The longest side that <see cref="Side"/> and <see cref="Crop"/> may ask for, in pixels.</summary>
    public const int LargestSide = 4096;

    /// <summary>The size before the crop; default the shorter side to <see cref="Side"/>.</summary>
    [JsonPropertyName("resize")]
    public ResizeMode Resize { get; init; } = ResizeMode.ShorterSide;

    /// <summary>
    /// Length in pixels of the side or sides that <see cref="Resize"/> names, 1–4096; default 256. Unused if nothing is resized.
    /// </summary>
    [JsonPropertyName("side")]
    public int Side { get; init; } = 256;

    /// <summary>Resampling filter; default bicubic.</summary>
    [JsonPropertyName("kernel")]
    public ResizeKernel Kernel { get; init; } = ResizeKernel.Bicubic;

    /// <summary>
    /// Side in pixels of the square cut from the centre, 1–4096, padded with black where the picture is smaller; default 224; null: none.
    /// </summary>
    [JsonPropertyName("crop")]
    public int? Crop { get; init; } = 224;

    /// <summary>Cut what exceeds whole patches on the right and at the bottom; default false: such a picture is refused.</summary>
    [JsonPropertyName("trim_to_patch")]
    public bool TrimToPatch { get; init; }

    /// <summary>Subtracted from red, green, blue on the scale 0–1; three finite numbers; default ImageNet's.</summary>
    [JsonPropertyName("mean")]
    public float[] Mean { get; init; } = [0.485f, 0.456f, 0.406f];

    /// <summary>Divides red, green, blue after the mean is taken off; three finite numbers above 0; default ImageNet's.</summary>
    [JsonPropertyName("std")]
    public float[] Std { get; init; } = [0.229f, 0.224f, 0.225f];

    /// <summary>Checks every property.</summary>
    /// <exception cref="ArgumentException">All faults found, one a line.</exception>
    public void Validate()
    {
        var faults = Faults().ToList();
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, faults));
        }
    }

    /// <summary>Compares the arrays by their numbers, not by reference as a record would.</summary>
    public bool Equals(PreprocessingOptions? other) =>
        other is not null
        && (Resize, Side, Kernel, Crop, TrimToPatch) == (other.Resize, other.Side, other.Kernel, other.Crop, other.TrimToPatch)
        && Mean.AsSpan().SequenceEqual(other.Mean)
        && Std.AsSpan().SequenceEqual(other.Std);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Resize, Side, Kernel, Crop, TrimToPatch);

    private IEnumerable<string> Faults()
    {
        if (!Enum.IsDefined(Resize))
        {
            yield return Fault(nameof(Resize), Resize, "none, shorter_side or exact");
        }

        if (!Enum.IsDefined(Kernel))
        {
            yield return Fault(nameof(Kernel), Kernel, "bilinear or bicubic");
        }

        if (Resize != ResizeMode.None && Side is < 1 or > LargestSide)
        {
            yield return Fault(nameof(Side), Side, $"1 to {LargestSide}");
        }

        if (Crop is < 1 or > LargestSide)
        {
            yield return Fault(nameof(Crop), Crop, $"null or 1 to {LargestSide}");
        }

        if (Mean is not { Length: 3 } || !Mean.All(float.IsFinite))
        {
            yield return Fault(nameof(Mean), Show(Mean), "three finite numbers");
        }

        if (Std is not { Length: 3 } || !Std.All(s => s > 0 && float.IsFinite(s)))
        {
            yield return Fault(nameof(Std), Show(Std), "three finite numbers above 0");
        }
    }

    private static string Fault(string property, object? value, string rule) =>
        $"{nameof(PreprocessingOptions)}.{property} ({value}) must be {rule}.";

    private static string Show(float[]? values) => values is null ? "null" : string.Join(", ", values);
}
