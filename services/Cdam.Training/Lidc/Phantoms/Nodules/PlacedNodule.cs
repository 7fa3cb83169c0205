using Cdam.Training.Lidc.Phantoms.Geometry;

namespace Cdam.Training.Lidc.Phantoms.Nodules;

/// <summary>A nodule at its place.</summary>
/// <param name="Centre">Of the shape, mm; the middle of its mask may lie elsewhere where spicules are or the pleura cuts.</param>
/// <param name="Traits">What it is like.</param>
/// <param name="Shape">Its surface.</param>
/// <param name="Density">Its looks.</param>
internal sealed record PlacedNodule(Point3 Centre, NoduleTraits Traits, NoduleShape Shape, NoduleDensity Density);
