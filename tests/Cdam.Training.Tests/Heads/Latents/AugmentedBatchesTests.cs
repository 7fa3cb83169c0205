using Cdam.Training.Heads.Images;
using Cdam.Training.Heads.Latents;

namespace Cdam.Training.Tests.Heads.Latents;

public sealed class AugmentedBatchesTests : IDisposable
{
    private const int BatchSize = 5;

    private readonly HeadBench _bench = new HeadBench().WithColours(4);
    private readonly FrozenBackbone _backbone;
    private readonly AugmentedBatches _batches;

    public AugmentedBatchesTests()
    {
        _backbone = new FrozenBackbone(_bench.Backbone, "cpu");
        var images = ImageFolder.Read(_bench.Images).Images;
        _batches = new AugmentedBatches(images, _backbone, new BatchOrder(images.Count, BatchSize, seed: 2), seed: 2);
    }

    [Fact]
    public void Epoch_Whole_GoesThroughEachImageOnce()
    {
        var epoch = Read(0);
        Assert.Equal([5, 5, 2], epoch.Select(batch => batch.Classes.Length));
        Assert.Equal([4, 4, 4], epoch.SelectMany(batch => batch.Classes).CountBy(label => label).OrderBy(entry => entry.Key).Select(entry => entry.Value));
    }

    [Fact]
    public void Epoch_FromALaterBatch_IsTheEndOfTheWhole()
    {
        var (whole, end) = (Read(1), Read(1, begin: 1));
        Assert.Equal(whole.Skip(1).Select(batch => batch.Classes), end.Select(batch => batch.Classes));
        Assert.Equal(whole.Skip(1).Select(batch => batch.Latents), end.Select(batch => batch.Latents));
    }

    [Fact]
    public void Epoch_Next_HasAnOrderAndCropsOfItsOwn()
    {
        var (first, second) = (Read(0), Read(1));
        Assert.NotEqual(first.SelectMany(batch => batch.Classes), second.SelectMany(batch => batch.Classes));
        Assert.Empty(Rows(first).Intersect(Rows(second)));

        IEnumerable<float> Rows(List<(long[] Classes, float[] Latents)> epoch) =>
            epoch.SelectMany(batch => batch.Latents.Chunk(_backbone.Config.Dim).Select(row => row[0]));
    }

    [Fact]
    public void Epoch_Cancelled_Ends() => Assert.Throws<OperationCanceledException>(() => Read(0, 0, new CancellationToken(canceled: true)));

    public void Dispose()
    {
        _backbone.Dispose();
        _bench.Dispose();
    }

    private List<(long[] Classes, float[] Latents)> Read(int epoch, int begin = 0, CancellationToken cancellation = default) =>
        [.. _batches.Epoch(epoch, begin, cancellation).Select(batch => (batch.Classes.data<long>().ToArray(), batch.Latents.data<float>().ToArray()))];
}
