namespace Cdam.Evaluator.Tuning;

/// <summary>An image at all levels.</summary>
/// <param name="Areas">A_LIF−MIF by level, then method, logit × percent.</param>
/// <param name="ForwardPasses">Perturbed pictures that were asked for.</param>
/// <param name="NaiveForwardPasses">The same without sharing.</param>
internal sealed record LevelOutcome(double[][] Areas, int ForwardPasses, int NaiveForwardPasses);
