namespace Cdam.Attribution.Measuring;

/// <summary>A piece of work to be timed.</summary>
/// <param name="Name">The row's name.</param>
/// <param name="Run">Does it once.</param>
/// <param name="Units">How many of what the row tells of a run does.</param>
/// <param name="Naive">The row that does the same the published way, where there is one.</param>
/// <param name="IsSlow">Whether it takes many forward passes, so that a round can afford it once only.</param>
public sealed record MeasuredWork(string Name, Action Run, int Units = 1, string? Naive = null, bool IsSlow = false);
