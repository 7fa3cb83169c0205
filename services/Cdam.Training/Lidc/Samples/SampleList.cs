namespace Cdam.Training.Lidc.Samples;

/// <summary><c>samples.json</c>: what a folder of samples holds.</summary>
/// <param name="Patients">In the order in which they were asked for.</param>
public sealed record SampleList(IReadOnlyList<ScanSample> Patients)
{
    /// <summary>Its name.</summary>
    public const string FileName = "samples.json";
}
