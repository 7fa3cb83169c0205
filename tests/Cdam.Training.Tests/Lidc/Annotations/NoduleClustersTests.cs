using Cdam.Training.Lidc.Annotations;
using Cdam.Training.Lidc.Volumes;

namespace Cdam.Training.Tests.Lidc.Annotations;

public sealed class NoduleClustersTests
{
    private readonly List<string> _warnings = [];

    [Fact]
    public void Cluster_OneSharedVoxel_Joins()
    {
        Assert.Equal(["AB", "C"], Cluster(Bar('A', 0, 0, 4), Bar('B', 1, 3, 8), Bar('C', 2, 8, 9)));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void Cluster_TouchingWithoutSharing_StaysApart() => Assert.Equal(["A", "B"], Cluster(Bar('A', 0, 0, 4), Bar('B', 1, 4, 8)));

    [Fact]
    public void Cluster_Chain_IsOneNodule() => Assert.Equal(["ABC"], Cluster(Bar('A', 0, 0, 4), Bar('B', 1, 3, 8), Bar('C', 2, 7, 12)));

    [Fact]
    public void Cluster_OneSession_NeverShares() => Assert.Equal(["A", "B"], Cluster(Bar('A', 0, 0, 4), Bar('B', 0, 2, 6)));

    [Fact]
    public void Cluster_OneDrawnAroundTwo_GoesWithTheBetterMatch()
    {
        // Session 0 drew A and C, session 1 only B around both: it shares 4 of 12 voxels with A, 6 of 10 with C.
        Assert.Equal(["A", "BC"], Cluster(Bar('A', 0, 0, 4), Bar('B', 1, 0, 10), Bar('C', 0, 4, 10)));
        Assert.Equal(
            "nodule \"A\" of reading session 1 overlaps nodule \"B\" of reading session 2, but a nodule takes one reading of a session: they count as"
            + " different nodules",
            Assert.Single(_warnings));
    }

    [Fact]
    public void Cluster_ChainBackIntoASession_BreaksAtTheWeakestOverlap() =>
        // A–B share 3 of 5, B–C 1 of 7, C–D 3 of 5; A and D are of one session.
        Assert.Equal(["AB", "CD"], Cluster(Bar('A', 0, 0, 4), Bar('B', 1, 1, 5), Bar('C', 2, 4, 8), Bar('D', 0, 5, 9)));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 2)]
    public void Consensus_TakesWhatAtLeastHalfEnclose(int readings, int needed)
    {
        // Voxel v lies within the readings v, v + 1, …: in v + 1 of them.
        var masks = Enumerable.Range(0, readings).Select(i => Bar('A', i, 0, readings - i).Mask).ToList();
        var consensus = Consensus.Of(masks)!;
        Assert.Equal(Enumerable.Range(0, readings).Where(x => readings - x >= needed).Select(x => (x, 0, 0)), consensus.Voxels());
    }

    [Fact]
    public void Consensus_OfFiveInAChain_CanBeEmpty() =>
        Assert.Null(Consensus.Of([.. Enumerable.Range(0, 5).Select(i => Bar('A', i, 2 * i, 2 * i + 3).Mask)]));

    [Fact]
    public void Centroid_BesideAMissingSlice_WeighsWhatSlicesStandFor()
    {
        // Slices at 0, 2, 4, 8 (one missing at 6), 10. One voxel each in slices 2 and 3, which stand for 3 mm each, and one in slice 1 (2 mm).
        var mask = new VoxelMask(0, 0, 1, 8, 1, 3) { [1, 0, 1] = true, [2, 0, 2] = true, [7, 0, 3] = true };
        var (x, y, position) = Consensus.Centroid(mask, new SliceAxis([0, 2, 4, 8, 10]));
        Assert.Equal((2 * 1 + 3 * 2 + 3 * 7) / 8.0, x, 1e-12);
        Assert.Equal(0, y);
        Assert.Equal((2 * 2 + 3 * 4 + 3 * 8) / 8.0, position, 1e-12);
    }

    /// <summary>Voxels from..to − 1 of one row.</summary>
    private static MaskedReading Bar(char name, int session, int from, int to)
    {
        var mask = new VoxelMask(from, 0, 0, to - from, 1, 1);
        for (var x = from; x < to; x++)
        {
            mask[x, 0, 0] = true;
        }

        return new MaskedReading(new NoduleReading(session, $"{name}", new Characteristics(1, 1, 1, 1, 1, 1, 1, 1), []), mask, to - from);
    }

    private IEnumerable<string> Cluster(params MaskedReading[] readings) =>
        NoduleClusters.Of(readings, _warnings).Select(nodule => string.Concat(nodule.Select(reading => reading.Reading.NoduleId)));
}
