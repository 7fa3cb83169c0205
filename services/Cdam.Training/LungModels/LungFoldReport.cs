using Cdam.Training.LungModels.Figures;

namespace Cdam.Training.LungModels;

/// <summary>What came of one fold.</summary>
/// <param name="Fold">From 1.</param>
/// <param name="Train">Nodules that it learnt from.</param>
/// <param name="Validation">Nodules that the best epoch was chosen by.</param>
/// <param name="Test">Nodules that nothing was chosen by, of which the figures are.</param>
/// <param name="BestEpoch">The epoch whose weights were kept, from 1.</param>
/// <param name="Epochs">Epochs gone through.</param>
/// <param name="ValidationLoss">At the best epoch.</param>
/// <param name="Figures">Of the weights as they are written, 16 bits, with products in float32.</param>
public sealed record LungFoldReport(
    int Fold, int Train, int Validation, int Test, int BestEpoch, int Epochs, double ValidationLoss, IReadOnlyList<LungFigure> Figures);
