using Cdam.Attribution.Volumes;
using Cdam.V1;
using Google.Protobuf;

namespace Cdam.Explainer.Tests.Running;

/// <summary>A nodule as a volume, as a crop and as slices.</summary>
internal static class Nodules
{
    private const int Depth = 24;
    private const int Height = 50;
    private const int Width = 54;

    // Before what is made of them.
    private static readonly short[] Voxels = [.. Enumerable.Range(0, Depth * Height * Width).Select(Unit)];

    /// <summary>2 mm thick slices of 0.75 mm voxels, a ball beside the centre, every view different.</summary>
    public static Volume Volume => new()
    {
        Depth = Depth,
        Height = Height,
        Width = Width,
        Voxels = Bytes(Voxels),
        Spacing = new Vector3 { X = 0.75, Y = 0.7, Z = 2 },
        Centre = new Vector3 { X = 27.25, Y = 24.5, Z = 11.6 },
    };

    /// <summary>The same, cut out beforehand.</summary>
    public static Attribution.Volumes.VolumeCrop Cut { get; } =
        VolumeCropper.Crop(new CtVolume(Depth, Height, Width, Voxels, new Xyz(0.75, 0.7, 2)), new Xyz(27.25, 24.5, 11.6));

    public static Image OfVolume => new() { Volume = Volume };

    public static Image OfCrop => new() { Crop = new V1.VolumeCrop { Voxels = Bytes(Cut.Voxels.ToArray()) } };

    public static Image OfSlices => new()
    {
        Slices = new SliceTriple { Axial = Slice(SliceView.Axial), Coronal = Slice(SliceView.Coronal), Sagittal = Slice(SliceView.Sagittal) },
    };

    public static ExplainRequest Explain(string model, Image image) => new() { Model = model, Image = image };

    private static short Unit(int i)
    {
        var (z, y, x) = (2.0 * (i / Width / Height - 11), 0.7 * (i / Width % Height - 26), 0.75 * (i % Width - 24));
        return (short)(z * z + y * y + x * x < 49 ? 30 + 4 * x - 6 * y : -830 + 3 * z + x);
    }

    private static ByteString Slice(SliceView view) => Bytes(Cut.Slice(view, 16).Voxels.ToArray());

    private static ByteString Bytes(short[] units) => ByteString.CopyFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes(units.AsSpan()));
}
