namespace Cdam.Training.Lidc.Phantoms.Readings;

/// <summary>A closed line of pixels just outside a region: each touches the next by a side or a corner, and the last is the first.</summary>
/// <param name="Slice">Of the scan.</param>
/// <param name="Points">Columns and rows of the scan.</param>
internal sealed record Contour(int Slice, IReadOnlyList<(int Column, int Row)> Points);
