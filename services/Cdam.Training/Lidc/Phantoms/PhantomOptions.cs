namespace Cdam.Training.Lidc.Phantoms;

/// <summary>What phantoms to make.</summary>
public sealed record PhantomOptions
{
    /// <summary>Smallest <see cref="Matrix"/>: a smaller thorax has no room for large nodules.</summary>
    public const int SmallestMatrix = 192;

    /// <summary>Largest <see cref="Matrix"/>, LIDC's own.</summary>
    public const int LargestMatrix = 512;

    /// <summary>Most patients: LIDC's names have four digits.</summary>
    public const int MostPatients = 9999;

    /// <summary>1 to <see cref="MostPatients"/>.</summary>
    public required int Patients { get; init; }

    /// <summary>The same seed gives the same bytes on any machine; patient k is the same whatever their number.</summary>
    public required ulong Seed { get; init; }

    /// <summary>
    /// Rows and columns of a slice, <see cref="SmallestMatrix"/> to <see cref="LargestMatrix"/>. Pixels measure 0.6 to 0.8 mm whatever
    /// the matrix: a smaller one shows a smaller person, in the field of view of a child.
    /// </summary>
    public int Matrix { get; init; } = 256;

    /// <summary>Writes implicit instead of explicit VR (value representation), both little endian.</summary>
    public bool ImplicitVr { get; init; }

    /// <summary>Checks ranges.</summary>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public void Validate()
    {
        if (Patients is < 1 or > MostPatients)
        {
            throw new ArgumentException($"patients is {Patients}; must be 1 to {MostPatients}");
        }

        if (Matrix is < SmallestMatrix or > LargestMatrix)
        {
            throw new ArgumentException($"matrix is {Matrix}; must be {SmallestMatrix} to {LargestMatrix}");
        }
    }
}
