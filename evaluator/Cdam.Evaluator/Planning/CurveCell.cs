using Cdam.Scoring.Perturbations;

namespace Cdam.Evaluator.Planning;

/// <summary>A point of a curve.</summary>
/// <param name="Method">Position of the map.</param>
/// <param name="Order">Which pixels go first.</param>
/// <param name="Percent">Position of the percentage.</param>
internal readonly record struct CurveCell(int Method, PixelOrder Order, int Percent);
