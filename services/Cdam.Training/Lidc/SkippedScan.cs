namespace Cdam.Training.Lidc;

/// <summary>A scan that could not be imported.</summary>
/// <param name="Path">Its folder, relative to the imported one.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record SkippedScan(string Path, string Reason);
