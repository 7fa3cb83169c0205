using Cdam.Attribution.Volumes;
using static TorchSharp.torch;

namespace Cdam.Training.LungModels.Slices;

/// <summary>Slices as the network takes them: prepared by the very code that prepares them when the model is served.</summary>
internal sealed class SliceTensors(VolumeOptions options, Device device)
{
    private readonly SlicePreprocessor _preprocessor = new(options);

    /// <summary>The central slice of each view of each crop.</summary>
    /// <returns>(crops · 3) × 3 × side × side; a crop's views are neighbours.</returns>
    public Tensor Central(IReadOnlyList<VolumeCrop> crops) =>
        Stack([.. crops.SelectMany(_preprocessor.Prepare).Select(slice => slice.Input.Normalized!)]);

    /// <returns>slices × 3 × side × side</returns>
    public Tensor Of(IReadOnlyList<ViewSlice> slices) =>
        Stack([.. slices.Select(slice => _preprocessor.Prepare(slice).Input.Normalized!)]);

    private Tensor Stack(IReadOnlyList<float[]> slices)
    {
        var side = _preprocessor.Options.Side;
        var length = 3 * side * side;
        var values = new float[checked(slices.Count * length)];
        for (var i = 0; i < slices.Count; i++)
        {
            slices[i].CopyTo(values, i * length);
        }

        // Copied into torch's own, aligned memory: products of managed arrays round differently from one run to the next.
        using var managed = tensor(values, [slices.Count, 3, side, side]);
        return managed.clone().to(device);
    }
}
