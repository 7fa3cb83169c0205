using Cdam.Scoring.Localization;

namespace Cdam.Cli.Localization;

/// <summary>Collects the shares of maps under names.</summary>
internal sealed class LocalizationTally
{
    private readonly Dictionary<string, List<(double? OnOwn, double? Within, double Area)>> _maps = [];

    /// <summary>Takes in a map.</summary>
    /// <param name="name">The row it belongs to.</param>
    /// <param name="scores">A score for each cell.</param>
    /// <param name="expected">How much of each cell the expected region covers.</param>
    /// <param name="rival">The same of the region it should not be confused with; empty for none.</param>
    public void Add(string name, ReadOnlySpan<float> scores, float[] expected, float[] rival)
    {
        if (!_maps.TryGetValue(name, out var maps))
        {
            _maps[name] = maps = [];
        }

        double? onOwn = rival.Length == 0 ? null : PositiveMass.ShareOfTwo(scores, expected, rival);
        maps.Add((onOwn, PositiveMass.ShareWithin(scores, expected), expected.Average()));
    }

    /// <summary>The means, in the order in which names first came.</summary>
    public IReadOnlyList<LocalizationRow> Rows() => [.. _maps.Select(entry => new LocalizationRow(
        entry.Key, Mean(entry.Value.Select(map => map.OnOwn)), Mean(entry.Value.Select(map => map.Within)), entry.Value.Average(map => map.Area), entry.Value.Count))];

    /// <summary>A map without positive mass says nothing of where, and counts as lying nowhere in the region.</summary>
    private static double Mean(IEnumerable<double?> shares)
    {
        var all = shares.ToList();
        return all.TrueForAll(share => share is null) ? double.NaN : all.Average(share => share ?? 0);
    }
}
