using Cdam.Scoring.Perturbations;

namespace Cdam.Scoring.Planning;

/// <summary>A point of a fidelity curve that reads an answer.</summary>
/// <param name="Map">Position of the map among the plan's.</param>
/// <param name="Order">Which pixels go first.</param>
/// <param name="Percent">Position of the percentage.</param>
public readonly record struct CurveReader(int Map, PixelOrder Order, int Percent);
