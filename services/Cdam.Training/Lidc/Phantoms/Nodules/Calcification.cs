namespace Cdam.Training.Lidc.Phantoms.Nodules;

/// <summary>Patterns of calcium, with LIDC's numbers.</summary>
internal enum Calcification
{
    Popcorn = 1,
    Laminated = 2,
    Solid = 3,
    NonCentral = 4,
    Central = 5,
    Absent = 6,
}
