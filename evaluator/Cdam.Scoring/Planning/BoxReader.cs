namespace Cdam.Scoring.Planning;

/// <summary>A box whose correlation reads an answer, for every map of the plan.</summary>
/// <param name="Side">Position of the side.</param>
/// <param name="Box">Position of the box among those of the side.</param>
public readonly record struct BoxReader(int Side, int Box);
