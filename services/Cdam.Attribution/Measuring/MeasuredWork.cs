namespace Cdam.Attribution.Measuring;

/// <summary>A piece of work to be timed.</summary>
/// <param name="Name">The row's name.</param>
/// <param name="Run">Does it once.</param>
public sealed record MeasuredWork(string Name, Action Run);
