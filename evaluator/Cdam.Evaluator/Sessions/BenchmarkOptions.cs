namespace Cdam.Evaluator.Sessions;

/// <summary>Section <c>Evaluator:Benchmarks</c> of the configuration.</summary>
public sealed class BenchmarkOptions
{
    public const string Section = "Evaluator:Benchmarks";

    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Folders whose images benchmarks may read, by the name that requests use, for example
    /// <c>--Evaluator:Benchmarks:ImageRoots:photos=/data/photos</c>. Default none. Names of letters, digits, '-' and '_'.
    /// </summary>
    public Dictionary<string, string> ImageRoots { get; } = [];

    /// <summary>Sessions that this evaluator works on at a time; more wait. Default 1; 1 to 64.</summary>
    public int MaxConcurrent { get; set; } = 1;

    /// <summary>Images of a session that are worked on at a time, each with its pictures and rankings in memory. Default 4; 1 to 64.</summary>
    public int ImagesInFlight { get; set; } = 4;

    /// <summary>
    /// Seconds without a sign of life after which another evaluator takes a session over. Default 20; 1 to 3600. Clocks of evaluators
    /// that share a store should agree to a fraction of it; where they do not, work is done twice, but never counted twice.
    /// </summary>
    public double LeaseSeconds { get; set; } = 20;

    /// <summary>How long a lost explainer is waited for, in seconds, before the session fails. Default 600; 1 to 86400.</summary>
    public double ExplainerPatienceSeconds { get; set; } = 600;

    /// <summary>Longest time that one image may take its explainer, in seconds, before it is tried again. Default 3600; 1 to 86400.</summary>
    public double ImageTimeoutSeconds { get; set; } = 3600;

    /// <summary>Most images of a session or an image set. Default 100000; 1 to 1000000.</summary>
    public int MaxImages { get; set; } = 100_000;

    /// <summary>Most bytes of an image set. Default 4 GiB; at least 1.</summary>
    public long MaxUploadBytes { get; set; } = 4L << 30;

    /// <summary>Hours that an image set is kept at least; longer where a session still needs it. Default 168; 1 to 87600.</summary>
    public double KeepImageSetsHours { get; set; } = 168;

    // A cancellation is noticed with the renewals.
    internal TimeSpan RenewInterval => Lease / 3 < LongestInterval ? Lease / 3 : LongestInterval;

    internal TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);

    internal TimeSpan ExplainerPatience => TimeSpan.FromSeconds(ExplainerPatienceSeconds);

    internal TimeSpan ImageTimeout => TimeSpan.FromSeconds(ImageTimeoutSeconds);

    internal TimeSpan KeepImageSets => TimeSpan.FromHours(KeepImageSetsHours);
}
