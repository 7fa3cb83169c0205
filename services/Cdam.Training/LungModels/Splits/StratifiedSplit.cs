using Cdam.Randomness;
using Cdam.Training.Lidc;

namespace Cdam.Training.LungModels.Splits;

/// <summary>Deals patients out to parts, so that each part has its share of malignant, benign and undecided nodules.</summary>
internal static class StratifiedSplit
{
    private static readonly NoduleLabel?[] Strata = [NoduleLabel.Malignant, NoduleLabel.Benign, null];

    /// <summary>
    /// Patients come in random order, those with most nodules first, and each goes where its nodules are missed most. Of patients with
    /// one nodule, every part gets its share of every stratum to within one.
    /// </summary>
    /// <param name="nodules">In any order, which does not matter.</param>
    /// <param name="shares">Of each part; they sum to 1.</param>
    /// <param name="random">Decides between patients who are alike.</param>
    /// <returns>The parts, each in the order of the nodules' ids.</returns>
    public static IReadOnlyList<IReadOnlyList<LungNodule>> Deal(
        IReadOnlyList<LungNodule> nodules, IReadOnlyList<double> shares, RandomStream random)
    {
        double[] all = [.. Strata.Select(label => nodules.Count(nodule => nodule.Source.Label == label))];
        double[][] missing = [.. shares.Select(share => all.Select(count => share * count).ToArray())];
        var parts = shares.Select(_ => new List<LungNodule>()).ToList();
        foreach (var patient in Patients(nodules, random))
        {
            int[] counts = [.. Strata.Select(label => patient.Count(nodule => nodule.Source.Label == label))];
            var part = Enumerable.Range(0, parts.Count).MaxBy(index => counts.Zip(missing[index], (count, left) => count * left).Sum());
            parts[part].AddRange(patient);
            missing[part] = [.. missing[part].Zip(counts, (left, count) => left - count)];
        }

        return [.. parts.Select(part => part.OrderBy(nodule => nodule.Source.Id, StringComparer.Ordinal).ToList())];
    }

    private static IEnumerable<LungNodule[]> Patients(IReadOnlyList<LungNodule> nodules, RandomStream random)
    {
        LungNodule[][] patients = [.. nodules.GroupBy(nodule => nodule.Source.Patient, StringComparer.Ordinal)
            .OrderBy(patient => patient.Key, StringComparer.Ordinal).Select(patient => patient.ToArray())];
        random.Shuffle<LungNodule[]>(patients);
        return patients.OrderByDescending(patient => patient.Length);    // stable, so that equals stay shuffled
    }
}
