namespace Cdam.Training.LungModels;

/// <summary>A line of a fold's <c>metrics.jsonl</c>.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="LearningRate">At its start.</param>
/// <param name="Loss">Mean over the training nodules, of one random view each, while the weights changed.</param>
/// <param name="ValidationLoss">Of the three views' mean, after it.</param>
/// <param name="ValidationMeasure">AUC for malignancy; squared error in standard deviations for biomarkers.</param>
/// <param name="Seconds">That it took.</param>
internal sealed record LungEpochMetrics(
    int Epoch, double LearningRate, double Loss, double ValidationLoss, double? ValidationMeasure, double Seconds);
