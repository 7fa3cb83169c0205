namespace Cdam.Training.Heads.Images;

/// <summary>A file that training goes without.</summary>
/// <param name="Path">Of the file.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record LeftOutImage(string Path, string Reason);
