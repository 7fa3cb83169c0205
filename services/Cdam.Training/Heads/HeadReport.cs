namespace Cdam.Training.Heads;

/// <summary>What came of training a head.</summary>
public sealed record HeadReport
{
    /// <summary>The epoch whose weights were kept, from 1.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>Epochs gone through.</summary>
    public required int Epochs { get; init; }

    /// <summary>Cross entropy of the validation images at the best epoch, in nats.</summary>
    public required double ValidationLoss { get; init; }

    /// <summary>Share of validation images that were named right, 0 to 1.</summary>
    public required double ValidationAccuracy { get; init; }

    /// <summary>The classes, in the order of the outputs.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The accuracy of each class.</summary>
    public required IReadOnlyList<double> ValidationAccuracyByClass { get; init; }

    /// <summary>Images trained on.</summary>
    public required int TrainingImages { get; init; }

    /// <summary>Images validated on.</summary>
    public required int ValidationImages { get; init; }

    /// <summary>Files that could not be read as images.</summary>
    public required int LeftOut { get; init; }
}
