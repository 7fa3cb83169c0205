using System.Security.Cryptography;

namespace Cdam.Explainer.Wire;

/// <summary>The SHA-256 of an image's bytes, by which clients know it again.</summary>
internal static class ImageHash
{
    /// <summary>Lower-case hexadecimal.</summary>
    public static string Of(V1.Image image)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in Parts(image))
        {
            hash.AppendData(part.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Parts(V1.Image image) => image.SourceCase switch
    {
        V1.Image.SourceOneofCase.Encoded => [image.Encoded.Memory],
        V1.Image.SourceOneofCase.Picture => [image.Picture.Rgb.Memory],
        V1.Image.SourceOneofCase.Volume => [image.Volume.Voxels.Memory],
        V1.Image.SourceOneofCase.Crop => [image.Crop.Voxels.Memory],
        V1.Image.SourceOneofCase.Slices => [image.Slices.Axial.Memory, image.Slices.Coronal.Memory, image.Slices.Sagittal.Memory],
        _ => [image.Tensor.Data.Memory],
    };
}
