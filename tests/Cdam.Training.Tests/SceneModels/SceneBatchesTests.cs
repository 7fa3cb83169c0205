using Cdam.Scenes;
using Cdam.Training.SceneModels;

namespace Cdam.Training.Tests.SceneModels;

public sealed class SceneBatchesTests
{
    private const int BatchSize = 4;

    private static readonly ScenePool Pool = ScenePool.Draw(
        new SceneGenerator(side: 32, seed: 3), SceneSet.Train, count: 18, side: 32, patch: 8, progress: null, TestContext.Current.CancellationToken);

    [Fact]
    public void Epoch_BegunInTheMiddle_GivesTheRestOfTheWholeEpoch()
    {
        var whole = Epoch(epoch: 5, begin: 0);
        Assert.Equal(Pool.Count / BatchSize, whole.Count);
        var rest = Epoch(epoch: 5, begin: 2);
        Assert.Equal(whole.Skip(2).Select(batch => batch.Pictures), rest.Select(batch => batch.Pictures));
        Assert.Equal(whole.Skip(2).Select(batch => batch.Patches), rest.Select(batch => batch.Patches));
    }

    [Fact]
    public void Epoch_Another_ComesInAnotherOrder() =>
        Assert.NotEqual(Epoch(epoch: 5, begin: 0).Select(batch => batch.Pictures), Epoch(epoch: 6, begin: 0).Select(batch => batch.Pictures));

    private static List<SceneBatch> Epoch(int epoch, int begin) =>
        [.. new SceneBatches(Pool, BatchSize, cutMix: 0.5).Epoch(seed: 7, epoch, begin, _ => 0)];
}
