using OpenCvSharp;

namespace Cdam.Scenes.Silhouettes;

/// <summary>A polygon that is added to a silhouette, or cut out of what was added before.</summary>
/// <param name="Outline">Corners in the silhouette's own unit, x to the right, y down, about −1 to 1.</param>
/// <param name="Cut">Whether it is taken away.</param>
internal sealed record SilhouettePart(Point2d[] Outline, bool Cut = false);
