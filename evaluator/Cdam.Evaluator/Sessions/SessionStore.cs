using Cdam.Evaluator.Sources;
using Cdam.Evaluator.Store;
using Cdam.V1;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Sessions;

/// <summary>Makes sessions, and reads them.</summary>
internal sealed class SessionStore(
    IDbContextFactory<StoreContext> contexts, StorePatience patience, SessionSignals signals, IOptions<ShardOptions> shard, TimeProvider clock)
{
    /// <summary>Makes a session with its images and its first event.</summary>
    /// <returns>What was made, or what was made before for the same <paramref name="requestId"/>.</returns>
    internal async Task<BenchmarkRow> CreateAsync(
        BenchmarkSettings settings, string? requestId, byte[] requestHash, IReadOnlyList<SourceImage> images, CancellationToken cancellation)
    {
        var row = new BenchmarkRow
        {
            Id = SessionName.NewId(),
            RequestId = requestId,
            RequestHash = requestHash,
            Settings = settings.ToByteArray(),
            State = SessionState.Pending,
            CreatedMs = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            ImageCount = images.Count,
            EventCount = 1,
            ShardCount = shard.Value.IsSet && shard.Value.RequestId == requestId ? shard.Value.Count : 0,
            ImageSetId = settings.Source.ImageSet.Length > 0 ? SessionName.Id(settings.Source.ImageSet, SessionName.ImageSets, "image_set") : null,
        };
        var made = await patience.RunAsync(token => TryInsertAsync(row, SessionEvent.Started(row, settings), images, token), cancellation);
        signals.Raise(SessionSignals.NewSession);
        return made ? row : (await FindRequestAsync(requestId, cancellation))!;
    }

    internal Task<BenchmarkRow?> FindAsync(string id, CancellationToken cancellation) => ReadAsync(
        (context, token) => context.Benchmarks.SingleOrDefaultAsync(row => row.Id == id, token), cancellation);

    internal Task<BenchmarkRow?> FindRequestAsync(string? requestId, CancellationToken cancellation) => ReadAsync(
        (context, token) => context.Benchmarks.SingleOrDefaultAsync(row => requestId != null && row.RequestId == requestId, token), cancellation);

    /// <summary>The newest first.</summary>
    /// <param name="olderThan">An id; empty for the newest.</param>
    internal Task<List<BenchmarkRow>> ListAsync(int count, string olderThan, CancellationToken cancellation) => ReadAsync(
        (context, token) => context.Benchmarks.Where(row => olderThan == "" || string.Compare(row.Id, olderThan) < 0)
            .OrderByDescending(row => row.Id).Take(count).ToListAsync(token),
        cancellation);

    /// <summary>Events in order, at most <paramref name="count"/>.</summary>
    internal Task<List<BenchmarkEvent>> ReadEventsAsync(string id, long from, int count, CancellationToken cancellation) => ReadAsync(
        async (context, token) =>
        {
            var payloads = await context.Events.Where(row => row.BenchmarkId == id && row.Number >= from)
                .OrderBy(row => row.Number).Take(count).Select(row => row.Payload).ToListAsync(token);
            return payloads.ConvertAll(BenchmarkEvent.Parser.ParseFrom);
        },
        cancellation);

    /// <summary>Images that are neither measured nor failed, in order.</summary>
    internal Task<List<ImageRow>> ReadOutstandingAsync(string id, CancellationToken cancellation) => ReadAsync(
        (context, token) => context.Images.Where(row => row.BenchmarkId == id && row.State == ImageState.Outstanding)
            .OrderBy(row => row.Position).ToListAsync(token),
        cancellation);

    /// <summary>Leaves word for whoever works on the session; no effect on one that has ended.</summary>
    internal Task RequestCancelAsync(string id, CancellationToken cancellation) => ReadAsync(
        (context, token) => LeaseStore.Unfinished(context).Where(row => row.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.CancelRequested, true), token),
        cancellation);

    private async Task<bool> TryInsertAsync(
        BenchmarkRow row, BenchmarkEvent started, IReadOnlyList<SourceImage> images, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        context.Benchmarks.Add(row);
        context.Images.AddRange(images.Select((image, position) => new ImageRow
        {
            BenchmarkId = row.Id,
            Position = position,
            Name = image.Name,
            Labels = SessionJson.Write(image.Labels),
            MaskFile = image.MaskFile,
        }));
        context.Events.Add(new EventRow { BenchmarkId = row.Id, Number = 1, Payload = started.ToByteArray() });
        try
        {
            await context.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException)
        {
            // A twin of this request came first, or this is a repetition of a commit whose success did not get through.
            await using var fresh = await contexts.CreateDbContextAsync(cancellation);
            if (await fresh.Benchmarks.AnyAsync(found => found.Id == row.Id, cancellation))
            {
                return true;
            }

            if (row.RequestId is not null && await fresh.Benchmarks.AnyAsync(found => found.RequestId == row.RequestId, cancellation))
            {
                return false;
            }

            throw;
        }
    }

    private Task<T> ReadAsync<T>(Func<StoreContext, CancellationToken, Task<T>> read, CancellationToken cancellation) => patience.RunAsync(
        async token =>
        {
            await using var context = await contexts.CreateDbContextAsync(token);
            return await read(context, token);
        },
        cancellation);
}
