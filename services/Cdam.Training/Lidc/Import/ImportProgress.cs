namespace Cdam.Training.Lidc.Import;

/// <summary>How far an import is.</summary>
/// <param name="Done">Folders that are done, those of an earlier run included.</param>
/// <param name="Total">All folders.</param>
/// <param name="Nodules">Nodules found in them.</param>
/// <param name="Skipped">Scans among them that could not be used.</param>
public readonly record struct ImportProgress(int Done, int Total, int Nodules, int Skipped);
