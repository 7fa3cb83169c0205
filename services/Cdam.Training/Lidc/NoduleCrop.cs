using System.Runtime.InteropServices;
using Cdam.Attribution.Checkpoints;

namespace Cdam.Training.Lidc;

/// <summary>
/// The surroundings of a nodule at 1 mm: z towards the head, y towards the back, x towards left, whatever the scan's own order. The
/// voxel with index 16 along each side has its centre at the nodule's.
/// </summary>
/// <param name="Hounsfield">32 × 32 × 32 Hounsfield units in the order z, y, x; −1000 outside the scan.</param>
/// <param name="Mask">As many bytes: 1 where the voxel belongs to the 50 % consensus of the readings, else 0.</param>
/// <param name="PaddedFraction">Share of the voxels that lie outside the scan.</param>
internal sealed record NoduleCrop(short[] Hounsfield, byte[] Mask, double PaddedFraction)
{
    public const string CropName = "crop";

    public const string MaskName = "mask";

    private static readonly long[] Shape = [NoduleDataset.Side, NoduleDataset.Side, NoduleDataset.Side];

    public void Write(string path) => SafetensorsWriter.Write(path,
    [
        new SafetensorsEntry(CropName, TensorType.Int16, Shape, MemoryMarshal.AsBytes(Hounsfield.AsSpan()).ToArray()),
        new SafetensorsEntry(MaskName, TensorType.UInt8, Shape, Mask),
    ]);

    /// <summary>Opens a crop's file and checks what it holds, but not the values.</summary>
    public static Checkpoint Open(string path)
    {
        var file = Checkpoint.Open(path);
        try
        {
            Check(file, CropName, TensorType.Int16);
            Check(file, MaskName, TensorType.UInt8);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static void Check(Checkpoint file, string name, TensorType type)
    {
        if (!file.Tensors.TryGetValue(name, out var tensor) || tensor.Type != type || !tensor.Shape.SequenceEqual(Shape))
        {
            var found = tensor is null ? "is absent" : $"is {tensor.Type} [{string.Join(", ", tensor.Shape)}]";
            throw new LidcException($"{file.Path}: tensor '{name}' {found}; must be {type} [{string.Join(", ", Shape)}]");
        }
    }
}
