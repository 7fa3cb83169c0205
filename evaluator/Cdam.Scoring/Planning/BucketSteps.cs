namespace Cdam.Scoring.Planning;

/// <summary>The first steps that replace the pixels of a bucket.</summary>
/// <param name="Most">Most important first.</param>
/// <param name="Least">Least important first.</param>
/// <param name="Split"><see cref="Whole"/>, or, where a step ends among its pixels, its number among such buckets, from 1.</param>
internal readonly record struct BucketSteps(byte Most, byte Least, ushort Split)
{
    internal const ushort Whole = 0;

    /// <summary>Split, and not numbered yet.</summary>
    internal const ushort Unnumbered = ushort.MaxValue;
}
