namespace Cdam.Training.Networks;

/// <summary>What is left out at random while training.</summary>
/// <param name="Values">Share of the values after each product of a branch, 0 to below 1.</param>
/// <param name="Branches">Share of samples that skip the last block's branches, 0 to below 1; earlier blocks less, in proportion.</param>
internal sealed record Dropping(double Values, double Branches);
