using Cdam.Evaluator.Hosting;
using Cdam.Evaluator.Requests;
using Cdam.Evaluator.Sessions;
using Cdam.Evaluator.Store;
using Cdam.V1.Errors;
using Cdam.V1;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Sources;

/// <summary>Images that clients have uploaded, kept in the store so that any evaluator can go on with them.</summary>
internal sealed class ImageSets(
    IDbContextFactory<StoreContext> contexts, StorePatience patience, IOptions<BenchmarkOptions> options,
    IOptions<EvaluatorOptions> evaluator, TimeProvider clock)
{
    private static readonly TimeSpan LongestUpload = TimeSpan.FromDays(1);

    /// <summary>Keeps images as they come; the set exists once all are there.</summary>
    /// <returns>The set's id and the number of images.</returns>
    internal async Task<(string Id, int Count)> AddAsync(IAsyncEnumerable<UploadImagesRequest> images, CancellationToken cancellation)
    {
        var id = SessionName.NewId();
        var created = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await SaveAsync(context => context.ImageSets.Add(new ImageSetRow { Id = id, CreatedMs = created }), cancellation);
        try
        {
            var count = await AddAllAsync(id, images, cancellation);
            await SaveAsync(context => context.ImageSets.Update(new ImageSetRow { Id = id, CreatedMs = created, ImageCount = count }), cancellation);
            return (id, count);
        }
        catch
        {
            await RunAsync((context, token) => context.ImageSets.Where(row => row.Id == id).ExecuteDeleteAsync(token), CancellationToken.None);
            throw;
        }
    }

    /// <summary>The images of a set, in the order of the upload.</summary>
    /// <returns>Null where there is no such set.</returns>
    internal async Task<List<SourceImage>?> ListAsync(string id, int limit, CancellationToken cancellation)
    {
        var rows = await RunAsync(
            async (context, token) => await context.ImageSets.AnyAsync(row => row.Id == id && row.ImageCount > 0, token)
                ? await context.Pictures.Where(row => row.ImageSetId == id).OrderBy(row => row.Position).Take(limit)
                    .Select(row => new { row.Name, row.Labels, HasMask = row.Mask != null }).ToListAsync(token)
                : null,
            cancellation);
        return rows?.ConvertAll(row => new SourceImage(row.Name, SessionJson.Read<ImageLabel[]>(row.Labels), row.HasMask));
    }

    internal async Task<SourcePicture> ReadAsync(string id, int position, bool withMask, CancellationToken cancellation)
    {
        var found = await RunAsync(
            (context, token) => context.Pictures.Where(row => row.ImageSetId == id && row.Position == position)
                .Select(row => new { row.Content, row.Labels, Mask = withMask ? row.Mask : null }).SingleOrDefaultAsync(token),
            cancellation)
            ?? throw WireStatus.NotFound("image", $"{SessionName.OfImageSet(id)}[{position}]", "The image is not in its set any more.").ToRpcException();
        return new SourcePicture(
            Image.Parser.ParseFrom(found.Content), SessionJson.Read<ImageLabel[]>(found.Labels),
            found.Mask is { } mask ? MaskReading.Read(ObjectMask.Parser.ParseFrom(mask), "masks[0]") : null);
    }

    /// <summary>Removes sets that are old enough and that no session needs, and what interrupted uploads have left.</summary>
    internal Task SweepAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var old = (now - options.Value.KeepImageSets).ToUnixTimeMilliseconds();
        var abandoned = (now - LongestUpload).ToUnixTimeMilliseconds();
        return RunAsync(
            (context, token) => context.ImageSets
                .Where(set => set.CreatedMs < old || (set.ImageCount == 0 && set.CreatedMs < abandoned))
                .Where(set => !LeaseStore.Unfinished(context).Any(row => row.ImageSetId == set.Id))
                .ExecuteDeleteAsync(token),
            cancellation);
    }

    private async Task<int> AddAllAsync(string id, IAsyncEnumerable<UploadImagesRequest> images, CancellationToken cancellation)
    {
        var check = new UploadCheck(options.Value);
        var count = 0;
        await foreach (var image in images.WithCancellation(cancellation))
        {
            check.Check(image);
            ImageSize.Check(image.Image, evaluator.Value);
            var row = new PictureRow
            {
                ImageSetId = id,
                Position = count++,
                Name = image.Name,
                Labels = SessionJson.Write(image.Labels.Select(ImageLabel.Of).ToArray()),
                Content = image.Image.ToByteArray(),
                Mask = image.Masks is [var mask, ..] ? mask.ToByteArray() : null,
            };
            await SaveAsync(context => context.Pictures.Add(row), cancellation);
        }

        return count > 0 ? count : throw RequestFault.Of("image", "no image came; at least one is required.");
    }

    private Task SaveAsync(Action<StoreContext> change, CancellationToken cancellation) => RunAsync(
        async (context, token) =>
        {
            change(context);
            return await context.SaveChangesAsync(token);
        },
        cancellation);

    private Task<T> RunAsync<T>(Func<StoreContext, CancellationToken, Task<T>> work, CancellationToken cancellation) => patience.RunAsync(
        async token =>
        {
            await using var context = await contexts.CreateDbContextAsync(token);
            return await work(context, token);
        },
        cancellation);
}
