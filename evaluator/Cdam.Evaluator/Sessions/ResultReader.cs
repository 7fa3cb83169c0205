using System.Runtime.CompilerServices;
using Cdam.Evaluator.Store;
using Microsoft.EntityFrameworkCore;

namespace Cdam.Evaluator.Sessions;

/// <summary>Reads the results of a session, a page of images at a time.</summary>
internal sealed class ResultReader(IDbContextFactory<StoreContext> contexts, StorePatience patience)
{
    private const int PageSize = 100;

    /// <summary>Every image that is measured or failed, in order.</summary>
    internal async IAsyncEnumerable<SettledImage> ReadAsync(string id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var next = 0; ;)
        {
            var from = next;
            var page = await patience.RunAsync(token => ReadPageAsync(id, from, token), cancellation);
            foreach (var image in page)
            {
                yield return image;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }

            next = page[^1].Image.Position + 1;
        }
    }

    private async Task<List<SettledImage>> ReadPageAsync(string id, int from, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var images = await context.Images
            .Where(row => row.BenchmarkId == id && row.Position >= from && row.State != ImageState.Outstanding)
            .OrderBy(row => row.Position).Take(PageSize).ToListAsync(cancellation);
        if (images.Count == 0)
        {
            return [];
        }

        var last = images[^1].Position;
        var results = await context.Results.Where(row => row.BenchmarkId == id && row.Position >= from && row.Position <= last)
            .OrderBy(row => row.Position).ThenBy(row => row.MethodOrder).ToListAsync(cancellation);
        var ofImage = results.ToLookup(row => row.Position);
        return images.ConvertAll(image => new SettledImage(image, [.. ofImage[image.Position].Select(row => SessionJson.Read<MeasuredMethod>(row.Measured))])
        {
            Examples = [.. ofImage[image.Position].Select(row => row.Example).OfType<string>().Select(SessionJson.Read<ExampleMap>)],
        });
    }
}
