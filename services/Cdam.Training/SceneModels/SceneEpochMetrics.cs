namespace Cdam.Training.SceneModels;

/// <summary>An epoch's line in the metrics.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="TrainLoss">Mean over the epoch's steps.</param>
/// <param name="TrainAccuracy">Share of mixed pictures whose heaviest label came first; CutMix and dropped patches keep it low.</param>
/// <param name="ValidationAccuracy">Of the averaged weights, on whole scenes.</param>
/// <param name="Seconds">Of this epoch.</param>
internal sealed record SceneEpochMetrics(int Epoch, double TrainLoss, double TrainAccuracy, double ValidationAccuracy, double Seconds);
