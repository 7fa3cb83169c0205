using Cdam.Attribution.Explanations;
using Cdam.Attribution.Volumes;
using Google.Protobuf;

namespace Cdam.Explainer.Wire;

/// <summary>Reads volumes, crops and slices as the views that a model looks at.</summary>
internal static class VolumeReader
{
    /// <summary>The axial, the coronal and the sagittal slice.</summary>
    /// <exception cref="AttributionException">A field breaks a rule.</exception>
    public static IReadOnlyList<PreparedSlice> Read(V1.Image image, SlicePreprocessor preprocessor, string field)
    {
        try
        {
            return image.SourceCase switch
            {
                V1.Image.SourceOneofCase.Volume => preprocessor.Prepare(Crop(image.Volume)),
                V1.Image.SourceOneofCase.Crop => preprocessor.Prepare(new VolumeCrop(Units(image.Crop.Voxels, "voxels"))),
                _ =>
                [
                    preprocessor.Prepare(Slice(SliceView.Axial, image.Slices.Axial)),
                    preprocessor.Prepare(Slice(SliceView.Coronal, image.Slices.Coronal)),
                    preprocessor.Prepare(Slice(SliceView.Sagittal, image.Slices.Sagittal)),
                ],
            };
        }
        catch (AttributionException fault)
        {
            throw new AttributionException($"{field}.{fault.Field}", fault.Description);
        }
    }

    private static VolumeCrop Crop(V1.Volume volume)
    {
        var spacing = Vector(volume.Spacing, "spacing");
        var centre = Vector(volume.Centre, "centre");
        return VolumeCropper.Crop(new CtVolume(volume.Depth, volume.Height, volume.Width, Units(volume.Voxels, "voxels"), spacing), centre);
    }

    private static ViewSlice Slice(SliceView view, ByteString voxels) => new(view, Units(voxels, view.ToString().ToLowerInvariant()));

    private static Xyz Vector(V1.Vector3? vector, string field) => vector is null
        ? throw new AttributionException(field, "is absent; must be given")
        : new Xyz(vector.X, vector.Y, vector.Z);

    /// <summary>Not copied: a volume can fill a message.</summary>
    private static ReadOnlyMemory<short> Units(ByteString voxels, string field) => voxels.Length % sizeof(short) == 0
        ? new HounsfieldUnits(voxels.Memory).Memory
        : throw new AttributionException(field, $"has {voxels.Length} bytes; voxels take {sizeof(short)} each");
}
