namespace Cdam.Training.Heads;

/// <summary>An epoch's line in the metrics.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="TrainLoss">Mean over the epoch's images, each as the head was when it came.</param>
/// <param name="TrainAccuracy">Share of them that were named right, 0 to 1.</param>
/// <param name="ValidationLoss">After the epoch.</param>
/// <param name="ValidationAccuracy">After the epoch, 0 to 1.</param>
/// <param name="Seconds">Of this epoch, or of what was left of it where it was gone on with.</param>
internal sealed record HeadEpochMetrics(
    int Epoch, double TrainLoss, double TrainAccuracy, double ValidationLoss, double ValidationAccuracy, double Seconds);
