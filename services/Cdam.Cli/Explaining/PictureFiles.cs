using Cdam.V1;
using Google.Protobuf;

namespace Cdam.Cli.Explaining;

/// <summary>JPEG, PNG, WebP, BMP and TIFF files, sent as they are.</summary>
internal sealed class PictureFiles : IImageFiles
{
    /// <inheritdoc/>
    public string Noun => "pictures";

    /// <inheritdoc/>
    public async Task<Image> Read(string path, CancellationToken cancellation) =>
        new() { Encoded = UnsafeByteOperations.UnsafeWrap(await File.ReadAllBytesAsync(path, cancellation)) };
}
