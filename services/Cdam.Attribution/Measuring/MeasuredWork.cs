namespace Cdam.Attribution.Measuring;

/// <summary>A piece of work to be timed.</summary>
/// <param name="Name">The row's name.</param>
/// <param name="Run">Does it once.</param>
/// <param name="IsSlow">Whether it takes many forward passes, so that a round can afford it once only.</param>
public sealed record MeasuredWork(string Name, Action Run, bool IsSlow = false);
