namespace Cdam.Training.Fitting;

/// <summary>How far a training is.</summary>
/// <param name="Stage">What is being done, for people.</param>
/// <param name="Done">Steps done of the stage.</param>
/// <param name="Total">Steps of the stage.</param>
/// <param name="Loss">Mean over the last steps; null where there is none.</param>
/// <param name="Accuracy">Share of right answers on the last steps' samples, 0 to 1; null where there is none.</param>
/// <param name="Left">Until the whole training ends, should it run to the last epoch; null while unknown.</param>
/// <param name="Note">What else a person wants to know, such as the last validation; null where there is nothing.</param>
public sealed record TrainingProgress(
    string Stage, long Done, long Total, double? Loss = null, double? Accuracy = null, TimeSpan? Left = null, string? Note = null);
