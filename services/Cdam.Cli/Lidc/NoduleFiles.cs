using System.Runtime.InteropServices;
using Cdam.Attribution.Checkpoints;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Volumes;
using Cdam.Cli.Explaining;
using Cdam.V1;
using Google.Protobuf;
using WireCrop = Cdam.V1.VolumeCrop;

namespace Cdam.Cli.Lidc;

/// <summary>
/// safetensors files with a nodule's <c>crop</c>, or with a <c>volume</c>, its <c>spacing</c> and <c>centre</c>. Of a volume only the
/// neighbourhood of the centre is sent: a scan of 250 slices weighs 131 MB, the neighbourhood under 1.
/// </summary>
/// <param name="centre">Takes the place of the file's.</param>
internal sealed class NoduleFiles(Xyz? centre) : IImageFiles
{
    private const int Side = Attribution.Volumes.VolumeCrop.Side;

    /// <inheritdoc/>
    public string Noun => "nodules";

    /// <inheritdoc/>
    public Task<Image> Read(string path, CancellationToken cancellation) => Task.Run(() => Read(path), cancellation);

    private Image Read(string path)
    {
        using var file = Checkpoint.Open(path);
        if (file.Tensors.ContainsKey("crop"))
        {
            return new Image { Crop = new WireCrop { Voxels = UnsafeByteOperations.UnsafeWrap(Units(file, "crop", Side, Side, Side).ReadBytes()) } };
        }

        if (!file.Tensors.ContainsKey("volume"))
        {
            throw new CheckpointException($"{path}: has neither a tensor \"crop\" nor \"volume\"; it has {string.Join(", ", file.Tensors.Keys)}");
        }

        try
        {
            return new Image { Volume = Neighbourhood(file) };
        }
        catch (AttributionException fault)
        {
            throw new CheckpointException($"{path}: {fault.Message}", fault);
        }
    }

    private Volume Neighbourhood(Checkpoint file)
    {
        var tensor = Units(file, "volume", null, null, null);
        var voxels = MemoryMarshal.Cast<byte, short>(tensor.ReadBytes()).ToArray();
        var (depth, height, width) = (Extent(0), Extent(1), Extent(2));
        var volume = new CtVolume(depth, height, width, voxels, Vector(file, "spacing"));
        var (part, place) = VolumeCropper.Neighbourhood(volume, centre ?? Vector(file, "centre"));
        return new Volume
        {
            Depth = part.Depth,
            Height = part.Height,
            Width = part.Width,
            Voxels = ByteString.CopyFrom(MemoryMarshal.AsBytes(part.Voxels.Span)),
            Spacing = new Vector3 { X = part.Spacing.X, Y = part.Spacing.Y, Z = part.Spacing.Z },
            Centre = new Vector3 { X = place.X, Y = place.Y, Z = place.Z },
        };

        int Extent(int dimension) => (int)Math.Min(tensor.Shape[dimension], int.MaxValue);
    }

    /// <summary>An int16 tensor of three dimensions; null for any extent.</summary>
    private static CheckpointTensor Units(Checkpoint file, string name, params int?[] extents)
    {
        var tensor = file.Tensors[name];
        var fits = tensor.Type == TensorType.Int16 && tensor.Shape.Count == 3 && tensor.Shape.Zip(extents).All(pair => pair.Second is null || pair.First == pair.Second);
        return fits
            ? tensor
            : throw new CheckpointException($"{file.Path}: tensor \"{name}\" is {tensor.Type} of shape [{string.Join(", ", tensor.Shape)}]; must be Int16 of shape "
                + $"[{string.Join(", ", extents.Select((extent, index) => extent?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "zyx"[index].ToString()))}]");
    }

    private static Xyz Vector(Checkpoint file, string name)
    {
        if (!file.Tensors.TryGetValue(name, out var tensor) || tensor.Shape is not [3])
        {
            throw new CheckpointException($"{file.Path}: tensor \"{name}\" is absent or not of shape [3]; a volume needs it, x y z");
        }

        var values = tensor.ReadFloat32();
        return new Xyz(values[0], values[1], values[2]);
    }
}
