namespace Cdam.Training.Lidc.Annotations;

/// <summary>A closed contour (<c>roi</c>) in one slice.</summary>
/// <param name="SopUid">The slice's SOP instance UID; null where the file has none.</param>
/// <param name="Z">Millimetres of the slice towards the head (<c>imageZposition</c>).</param>
/// <param name="IsHole">Whether it excludes what lies within (<c>inclusion</c> is FALSE).</param>
/// <param name="Points">Columns and rows, from 0, of the pixels just outside the nodule, in order; the last joins the first.</param>
internal sealed record Outline(string? SopUid, double Z, bool IsHole, IReadOnlyList<(int X, int Y)> Points);
