namespace Cdam.Training.Lidc.Annotations;

/// <summary>
/// Finds which readings are of one nodule. Readings of different sessions that share a voxel belong together, the best overlap
/// (intersection over union) first; a nodule takes one reading of each session at most. So where one radiologist drew two nodules
/// and another a single one around both, the single one goes with the part that it resembles more, and the other part stands alone.
/// </summary>
internal sealed class NoduleClusters
{
    private readonly IReadOnlyList<MaskedReading> _readings;
    private readonly int[] _clusters;

    private NoduleClusters(IReadOnlyList<MaskedReading> readings)
    {
        _readings = readings;
        _clusters = [.. Enumerable.Range(0, readings.Count)];
    }

    /// <param name="readings">In the order of the file.</param>
    /// <param name="warnings">Told of overlapping readings that were kept apart.</param>
    /// <returns>The readings of each nodule, in the order of the file.</returns>
    public static List<List<MaskedReading>> Of(IReadOnlyList<MaskedReading> readings, List<string> warnings)
    {
        var clusters = new NoduleClusters(readings);
        foreach (var (a, b, _) in clusters.Overlaps())
        {
            if (!clusters.TryJoin(a, b))
            {
                warnings.Add(
                    $"{readings[a].Reading} overlaps {readings[b].Reading}, but a nodule takes one reading of a session:"
                    + " they count as different nodules");
            }
        }

        return [.. Enumerable.Range(0, readings.Count).GroupBy(i => clusters._clusters[i], i => readings[i]).Select(group => group.ToList())];
    }

    private List<(int A, int B, double Overlap)> Overlaps()
    {
        var overlaps = new List<(int A, int B, double Overlap)>();
        for (var a = 0; a < _readings.Count; a++)
        {
            for (var b = a + 1; b < _readings.Count; b++)
            {
                var shared = _readings[a].Reading.Session == _readings[b].Reading.Session ? 0 : _readings[a].Mask.CountShared(_readings[b].Mask);
                if (shared > 0)
                {
                    overlaps.Add((a, b, (double)shared / (_readings[a].Mask.Count + _readings[b].Mask.Count - shared)));
                }
            }
        }

        // The order of the file decides between equals: OrderBy is stable.
        return [.. overlaps.OrderByDescending(overlap => overlap.Overlap)];
    }

    /// <returns>False if both clusters have a reading of one session.</returns>
    private bool TryJoin(int a, int b)
    {
        var (kept, joined) = (_clusters[a], _clusters[b]);
        if (kept != joined && SessionsOf(kept).Overlaps(SessionsOf(joined)))
        {
            return false;
        }

        for (var i = 0; i < _clusters.Length; i++)
        {
            _clusters[i] = _clusters[i] == joined ? kept : _clusters[i];
        }

        return true;
    }

    private HashSet<int> SessionsOf(int cluster) =>
        [.. Enumerable.Range(0, _readings.Count).Where(i => _clusters[i] == cluster).Select(i => _readings[i].Reading.Session)];
}
