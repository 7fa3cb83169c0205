namespace Cdam.Training.Lidc.Samples;

/// <summary>A patient of the samples.</summary>
/// <param name="Patient">Patient ID.</param>
/// <param name="File">The volume, beside the list.</param>
/// <param name="Nodules">At least one.</param>
public sealed record ScanSample(string Patient, string File, IReadOnlyList<SampleNodule> Nodules);
