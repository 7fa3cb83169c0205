using Cdam.Evaluator.Requests;
using Cdam.Evaluator.Sessions;
using Cdam.Evaluator.Store;
using Cdam.V1.Errors;
using Cdam.V1;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Sources;

/// <summary>The images of any source.</summary>
internal sealed class ImageSources(ImageSets sets, ServerFolders folders, IOptions<BenchmarkOptions> options)
{
    /// <summary>What a source holds.</summary>
    /// <param name="source">A source that was checked.</param>
    /// <param name="limit">Only the first so many; 0 for all.</param>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT or NOT_FOUND: there are none, or too many.</exception>
    internal async Task<IReadOnlyList<SourceImage>> ListAsync(BenchmarkSource source, int limit, CancellationToken cancellation)
    {
        var most = limit > 0 ? limit : int.MaxValue;
        if (source.Scenes is { } scenes)
        {
            CheckCount(Math.Min(scenes.Count, most));
            return [.. SceneImages.List(scenes).Take(most)];
        }

        var images = source.Folder is { } folder
            ? folders.List(folder, most)
            : await ListSetAsync(source.ImageSet, most, cancellation);
        if (images.Count == 0)
        {
            throw RequestFault.Of("settings.source", "holds no image; at least one is required.");
        }

        CheckCount(images.Count);
        return images;
    }

    private void CheckCount(int images)
    {
        if (images > options.Value.MaxImages)
        {
            throw RequestFault.Of("settings.source", $"holds {images} images; at most {options.Value.MaxImages} are permitted.");
        }
    }

    /// <param name="source">As it was listed.</param>
    /// <param name="image">One that was listed.</param>
    /// <param name="withMask">Whether its mask is wanted.</param>
    /// <exception cref="Grpc.Core.RpcException">It cannot be read any more.</exception>
    internal Task<SourcePicture> ReadAsync(BenchmarkSource source, ImageRow image, bool withMask, CancellationToken cancellation) =>
        source.SourceCase switch
        {
            BenchmarkSource.SourceOneofCase.Folder => folders.ReadAsync(source.Folder, image, withMask, cancellation),
            BenchmarkSource.SourceOneofCase.Scenes => Task.FromResult(SceneImages.Read(source.Scenes, image.Position, withMask)),
            _ => sets.ReadAsync(SessionName.Id(source.ImageSet, SessionName.ImageSets, "image_set"), image.Position, withMask, cancellation),
        };

    private async Task<List<SourceImage>> ListSetAsync(string name, int limit, CancellationToken cancellation) =>
        await sets.ListAsync(SessionName.Id(name, SessionName.ImageSets, "settings.source.image_set"), limit, cancellation)
        ?? throw WireStatus.NotFound("image_set", name, $"There is no image set '{name}'; UploadImages makes one.").ToRpcException();
}
