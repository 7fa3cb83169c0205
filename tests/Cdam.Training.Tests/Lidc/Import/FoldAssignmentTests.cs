using Cdam.Training.Lidc.Import;
using CsCheck;

namespace Cdam.Training.Tests.Lidc.Import;

public sealed class FoldAssignmentTests
{
    [Fact]
    public void Assign_OneNoduleAPatient_SpreadsEachLabelEvenly()
    {
        // The published set's 411 malignant and 443 benign nodules.
        var nodules = Enumerable.Range(0, 854).Select(i => TestNodules.Create($"{i}", $"P{i}", i < 411 ? 5 : 1)).ToList();
        var folds = FoldAssignment.Assign(nodules, 5, seed: 0);
        foreach (var label in nodules.GroupBy(nodule => nodule.Label))
        {
            var counts = label.CountBy(nodule => folds[nodule.Patient]).Select(count => count.Value).ToList();
            Assert.Equal(5, counts.Count);
            Assert.InRange(counts.Max() - counts.Min(), 0, 1);
        }
    }

    [Fact]
    public void Assign_PatientsOfSeveralNodules_StaysCloseToTheShares()
    {
        var random = new Random(0);
        var nodules = Enumerable.Range(0, 200)
            .SelectMany(patient => Enumerable.Range(0, 1 + random.Next(5)).Select(i => TestNodules.Create($"{patient}-{i}", $"P{patient}", 1 + random.Next(5))))
            .ToList();
        var folds = FoldAssignment.Assign(nodules, 5, seed: 3);
        foreach (var label in nodules.GroupBy(nodule => nodule.Label?.ToString() ?? ""))
        {
            // Patients are not divided, so shares of a fifth are met to within a patient's worth of nodules.
            Assert.All(label.CountBy(nodule => folds[nodule.Patient]), count => Assert.InRange(count.Value, label.Count() / 5.0 - 5, label.Count() / 5.0 + 5));
        }
    }

    [Fact]
    public void Assign_SameSeed_DoesNotDependOnTheOrder() =>
        Gen.Select(Gen.Int[0, 30], Gen.Int[1, 5]).Array[1, 60].Select(Gen.ULong).Sample((drawn, seed) =>
        {
            var nodules = drawn.Select((pair, i) => TestNodules.Create($"{i}", $"P{pair.Item1}", pair.Item2)).ToList();
            var folds = FoldAssignment.Assign(nodules, 5, seed);
            Assert.Equal(folds, FoldAssignment.Assign([.. Enumerable.Reverse(nodules)], 5, seed));
            Assert.All(folds.Values, fold => Assert.InRange(fold, 0, 4));
            Assert.Equal(nodules.Select(nodule => nodule.Patient).ToHashSet(), folds.Keys.ToHashSet());
        });

    [Fact]
    public void Assign_OtherSeed_GivesOtherFolds()
    {
        var nodules = Enumerable.Range(0, 40).Select(i => TestNodules.Create($"{i}", $"P{i}", 1 + i % 5)).ToList();
        Assert.NotEqual(FoldAssignment.Assign(nodules, 5, 0), FoldAssignment.Assign(nodules, 5, 1));
    }
}
