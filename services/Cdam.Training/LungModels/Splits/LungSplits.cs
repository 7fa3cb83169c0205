using Cdam.Attribution.Models;
using Cdam.Randomness;
using Cdam.Training.Lidc;

namespace Cdam.Training.LungModels.Splits;

/// <summary>Cuts a data set into the parts that a recipe asks for, and checks that something can be learnt and said with them.</summary>
internal static class LungSplits
{
    // The published shares: 15 % for testing, and 15 % of the rest for validation.
    private const double Test = 0.15;
    private const double Validation = (1 - Test) * 0.15;
    private const uint MainStream = 0;
    private const uint FirstFoldStream = 1;

    /// <summary>The splits to train on one after the other.</summary>
    /// <param name="nodules">All of the data set; those without a label are left out for malignancy.</param>
    /// <param name="folds">The data set's number of folds.</param>
    /// <param name="options">Kind, recipe and seed.</param>
    /// <exception cref="ArgumentException">A part is empty, or has one class only where the kind needs both.</exception>
    public static IReadOnlyList<LungSplit> Of(IReadOnlyList<LungNodule> nodules, int folds, LungTrainingOptions options)
    {
        var isMalignancy = options.Kind == ModelKind.Malignancy;
        IReadOnlyList<LungNodule> eligible = isMalignancy ? [.. nodules.Where(nodule => nodule.Source.Label is not null)] : nodules;
        if (eligible.Count == 0)
        {
            throw new ArgumentException(
                isMalignancy ? $"none of the {nodules.Count} nodules has a label; malignancy is learnt from labels" : "the data set has no nodules");
        }

        IReadOnlyList<LungSplit> splits = options.Recipe == LungRecipe.Main
            ? [Main(eligible, options.Seed)]
            : [.. Enumerable.Range(0, folds).Select(fold => Fold(eligible, fold, options.Seed))];
        foreach (var split in splits)
        {
            Require(split.Train, "training", split, isMalignancy);
            Require(split.Validation, "validation", split, needsBoth: false);
            Require(split.Test, "test", split, isMalignancy);
        }

        return splits;
    }

    private static LungSplit Main(IReadOnlyList<LungNodule> nodules, ulong seed)
    {
        var parts = StratifiedSplit.Deal(nodules, [1 - Validation - Test, Validation, Test], Stream(seed, MainStream));
        return new LungSplit(1, parts[0], parts[1], parts[2]);
    }

    /// <summary>Tests on a fold; of the others the same share as in the main text is held out to choose the best epoch by.</summary>
    private static LungSplit Fold(IReadOnlyList<LungNodule> nodules, int fold, ulong seed)
    {
        var others = StratifiedSplit.Deal(
            [.. nodules.Where(nodule => nodule.Source.Fold != fold)],
            [1 - Validation / (1 - Test), Validation / (1 - Test)],
            Stream(seed, FirstFoldStream + (uint)fold));
        return new LungSplit(fold + 1, others[0], others[1], [.. nodules.Where(nodule => nodule.Source.Fold == fold)]);
    }

    private static RandomStream Stream(ulong seed, uint stream) => new(seed ^ 0x53504C49, stream);

    private static void Require(IReadOnlyList<LungNodule> part, string name, LungSplit split, bool needsBoth)
    {
        if (part.Count == 0)
        {
            throw new ArgumentException($"fold {split.Number}: its {name} part is empty; the data set is too small for this recipe");
        }

        if (needsBoth && part.All(nodule => nodule.IsMalignant == part[0].IsMalignant))
        {
            var label = part[0].IsMalignant ? NoduleLabel.Malignant : NoduleLabel.Benign;
            throw new ArgumentException(
                $"fold {split.Number}: the {part.Count} nodules of its {name} part are all {label}; must be of both classes");
        }
    }
}
