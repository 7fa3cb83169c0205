using System.Security.Cryptography;
using System.Text;

namespace Cdam.Training.Lidc.Import;

/// <summary>
/// Deals patients into folds so that each fold gets its share of malignant, benign and unlabelled nodules, as scikit-learn's
/// StratifiedGroupKFold does: the patients whose labels are the most lopsided first, each into the fold where the labels are then
/// spread most evenly.
/// </summary>
internal static class FoldAssignment
{
    private const int Classes = 3;

    /// <summary>The fold of each patient. The same patients, labels and seed give the same folds, in whatever order the nodules come.</summary>
    public static IReadOnlyDictionary<string, int> Assign(IReadOnlyCollection<Nodule> nodules, int folds, ulong seed)
    {
        var patients = nodules.GroupBy(nodule => nodule.Patient)
            .Select(group => (Patient: group.Key, Counts: Count(group)))
            .OrderByDescending(patient => Deviation(patient.Counts))
            .ThenBy(patient => Shuffle(patient.Patient, seed), StringComparer.Ordinal)
            .ToList();
        var totals = Count(nodules);
        var filled = Enumerable.Range(0, folds).Select(_ => new double[Classes]).ToArray();
        var assigned = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (patient, counts) in patients)
        {
            var best = Enumerable.Range(0, folds)
                .OrderBy(fold => Math.Round(Unevenness(filled, totals, fold, counts), 12))
                .ThenBy(fold => filled[fold].Sum())
                .First();
            Add(filled[best], counts, 1);
            assigned[patient] = best;
        }

        return assigned;
    }

    /// <summary>Mean over the labels of the deviation between folds of their shares, if the patient went into <paramref name="fold"/>.</summary>
    private static double Unevenness(double[][] filled, double[] totals, int fold, double[] counts)
    {
        Add(filled[fold], counts, 1);
        var unevenness = Enumerable.Range(0, Classes)
            .Where(label => totals[label] > 0)
            .Average(label => Deviation([.. filled.Select(shares => shares[label] / totals[label])]));
        Add(filled[fold], counts, -1);
        return unevenness;
    }

    private static double[] Count(IEnumerable<Nodule> nodules)
    {
        var counts = new double[Classes];
        foreach (var nodule in nodules)
        {
            counts[nodule.Label is { } label ? (int)label : Classes - 1]++;
        }

        return counts;
    }

    private static void Add(double[] to, double[] counts, int sign)
    {
        for (var label = 0; label < Classes; label++)
        {
            to[label] += sign * counts[label];
        }
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static string Shuffle(string patient, ulong seed) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{patient}")));
}
