namespace Cdam.Training.Lidc.Phantoms.Geometry;

/// <summary>What random numbers are for: each purpose has its own stream, so that a change to one leaves the others alone.</summary>
internal enum RandomStream
{
    Scan = 1,
    Body = 2,
    Vessels = 3,
    Nodules = 4,
    Readings = 5,
    Noise = 6,
    Files = 7,
    Placement = 8,
    NonNodules = 9,
}
