using Cdam.Evaluator.Sessions;
using Cdam.V1;
using Microsoft.EntityFrameworkCore;

namespace Cdam.Evaluator.Tests.Store;

public sealed class JournalTests
{
    private static CancellationToken Patience => EvaluatorFixture.Patience;

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.Postgres)]
    public async Task Commits_ManyAtATime_AreNumberedWithoutGapsAndCounted(string kind)
    {
        const int Images = 24;
        await using var store = await TestStore.StartAsync(kind);
        var id = await store.NewSessionAsync(Images);
        var lease = (await store.Leases.ClaimNextAsync(Patience))!.Value;
        var images = await store.Sessions.ReadOutstandingAsync(id, Patience);

        await Task.WhenAll(images.Select(image => Task.Run(() => image.Position % 4 == 3
            ? store.Journal.FailedAsync(lease, image, new Google.Rpc.Status { Code = 3, Message = "no picture" }, null, Patience)
            : store.Journal.MeasuredAsync(lease, image, TestStore.Outcome(image.Position / 3.0), TimeSpan.FromSeconds(5), Patience))));

        var events = await store.Sessions.ReadEventsAsync(id, 1, 1000, Patience);
        Assert.Equal(Enumerable.Range(1, Images + 1).Select(number => (long)number), events.Select(step => step.Number));
        Assert.Equal(events.Select(step => (int)step.Number - 1), events.Select(step => step.Progress.MeasuredCount + step.Progress.FailedCount));
        Assert.Equal(5, events.First(step => step.ImageMeasured is not null).Progress.RemainingSeconds);
        var row = (await store.Sessions.FindAsync(id, Patience))!;
        Assert.Equal((18, 6, 18 * 20L, 18 * 44L), (row.MeasuredCount, row.FailedCount, row.ForwardPasses, row.NaiveForwardPasses));
        Assert.Empty(await store.Sessions.ReadOutstandingAsync(id, Patience));
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.Postgres)]
    public async Task Commit_OfTheSameImageTwice_CountsOnce(string kind)
    {
        await using var store = await TestStore.StartAsync(kind);
        var id = await store.NewSessionAsync(1);
        var lease = (await store.Leases.ClaimNextAsync(Patience))!.Value;
        var image = (await store.Sessions.ReadOutstandingAsync(id, Patience))[0];

        // As after a commit whose success did not get through.
        await store.Journal.MeasuredAsync(lease, image, TestStore.Outcome(1), null, Patience);
        await store.Journal.MeasuredAsync(lease, image, TestStore.Outcome(1), null, Patience);
        await store.Journal.FailedAsync(lease, image, new Google.Rpc.Status(), null, Patience);

        var row = (await store.Sessions.FindAsync(id, Patience))!;
        Assert.Equal((1, 0, 2L), (row.MeasuredCount, row.FailedCount, row.EventCount));
        Assert.Equal(2, await store.ReadAsync(context => context.Results.CountAsync())); // one for each method
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.Postgres)]
    public async Task Results_Stored_ComeBackInOrderBitForBit(string kind)
    {
        const int Images = 230; // three pages of the reader
        await using var store = await TestStore.StartAsync(kind);
        var id = await store.NewSessionAsync(Images);
        var lease = (await store.Leases.ClaimNextAsync(Patience))!.Value;
        var random = new Random(3);
        var values = Enumerable.Range(0, Images).Select(_ => random.NextDouble() * Math.Pow(10, random.Next(-300, 300))).ToArray();
        var images = await store.Sessions.ReadOutstandingAsync(id, Patience);
        foreach (var image in images.OrderBy(_ => random.Next()))
        {
            await store.Journal.MeasuredAsync(lease, image, TestStore.Outcome(values[image.Position]), null, Patience);
        }

        var results = await store.Results.ReadAsync(id, Patience).ToListAsync();

        Assert.Equal(Enumerable.Range(0, Images), results.Select(image => image.Image.Position));
        Assert.Equal(values, results.Select(image => image.Methods[0].Values["a_mif"]));
        Assert.All(results, image => Assert.Equal(["cdam", "attention"], image.Methods.Select(method => method.Method)));
        Assert.Equal([values[7], 0.1], results[7].Methods[0].Curves[0].Y);
        var table = await MeanTable.OfAsync(TestStore.Settings(), results.ToAsyncEnumerable());
        Assert.Equal(values.Aggregate(0.0, (sum, value) => sum + value) / Images, table.Rows[0].Means[0].Mean);
        Assert.Equal((-table.Rows[0].Means[0].Mean, Images), (table.Rows[1].Means[0].Mean, table.Rows[1].Means[0].ImageCount));
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.Postgres)]
    public async Task Create_TheSameRequestSeveralTimesAtOnce_MakesOneSession(string kind)
    {
        await using var store = await TestStore.StartAsync(kind);
        var request = Guid.NewGuid().ToString("N");

        var made = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(
            () => store.Sessions.CreateAsync(TestStore.Settings(), request, [1, 2], [new("a", [])], Patience))));

        Assert.Single(made.Select(row => row.Id).Distinct());
        Assert.Equal(1, await store.ReadAsync(context => context.Benchmarks.CountAsync()));
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.Postgres)]
    public async Task Sweep_RemovesOldSetsThatNoSessionNeeds(string kind)
    {
        await using var store = await TestStore.StartAsync(kind);
        var (needed, _) = await store.Sets.AddAsync(Upload(), Patience);
        var (old, _) = await store.Sets.AddAsync(Upload(), Patience);
        var settings = TestStore.Settings();
        settings.Source = new BenchmarkSource { ImageSet = SessionName.OfImageSet(needed) };
        await store.NewSessionAsync(1, settings);
        store.Clock.Advance(TimeSpan.FromDays(8)); // the default is a week
        var (young, _) = await store.Sets.AddAsync(Upload(), Patience);

        await store.Sets.SweepAsync(Patience);

        Assert.Equal(new[] { needed, young }.Order(), await store.ReadAsync(context => context.ImageSets.Select(set => set.Id).OrderBy(id => id).ToListAsync()));
        Assert.Equal(0, await store.ReadAsync(context => context.Pictures.CountAsync(picture => picture.ImageSetId == old)));
        Assert.Null(await store.Sets.ListAsync(old, 10, Patience));
    }

    private static IAsyncEnumerable<UploadImagesRequest> Upload() =>
        new[] { new UploadImagesRequest { Name = "a", Image = EvaluatorFixture.Request().Image } }.ToAsyncEnumerable();
}
