namespace Cdam.Training.SceneModels;

/// <summary>What came of a training.</summary>
/// <param name="BestEpoch">The epoch whose averaged weights were kept, from 1.</param>
/// <param name="Epochs">Epochs gone through.</param>
/// <param name="ValidationAccuracy">At the best epoch, 0 to 1.</param>
/// <param name="TestAccuracy">Of the weights as they were written, on scenes that nothing was chosen by.</param>
/// <param name="TestAccuracyByClass">The same for each class, in the order of the outputs.</param>
public sealed record SceneReport(
    int BestEpoch, int Epochs, double ValidationAccuracy, double TestAccuracy, IReadOnlyList<double> TestAccuracyByClass);
