namespace Cdam.Scoring.Perturbations;

/// <summary>Boxes of one side, all of which one correlation runs over.</summary>
/// <param name="Side">Pixels, at least 1.</param>
/// <param name="Corners">Row and column of each box's first pixel.</param>
public sealed record SquareBoxes(int Side, IReadOnlyList<(int Top, int Left)> Corners)
{
    public PixelBox this[int position] => new(Corners[position].Top, Corners[position].Left, Side, Side);
}
