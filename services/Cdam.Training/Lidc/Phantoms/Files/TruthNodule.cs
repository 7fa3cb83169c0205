namespace Cdam.Training.Lidc.Phantoms.Files;

/// <summary>What a phantom's nodule was made from. Ratings are on LIDC's scales, with fractions where readers give whole numbers.</summary>
public sealed record TruthNodule
{
    /// <summary>Mean of the nodule's voxels in the patient's coordinates (x to the left, y to the back, z upwards).</summary>
    public required IReadOnlyList<double> CentreMm { get; init; }

    /// <summary>The same as column, row and slice, counted from 0, slices upwards.</summary>
    public required IReadOnlyList<double> CentreVoxel { get; init; }

    /// <summary>Volume of the nodule's voxels, mm³.</summary>
    public required double VolumeMm3 { get; init; }

    /// <summary>Longest extent in space without spicules, mm.</summary>
    public required double DiameterMm { get; init; }

    /// <summary>1 extremely subtle to 5 obvious.</summary>
    public required double Subtlety { get; init; }

    /// <summary>1 popcorn, 2 laminated, 3 solid, 4 non-central, 5 central, 6 absent.</summary>
    public required int Calcification { get; init; }

    /// <summary>1 linear to 5 round.</summary>
    public required double Sphericity { get; init; }

    /// <summary>1 poorly defined to 5 sharp.</summary>
    public required double Margin { get; init; }

    /// <summary>1 none to 5 marked.</summary>
    public required double Lobulation { get; init; }

    /// <summary>1 none to 5 marked.</summary>
    public required double Spiculation { get; init; }

    /// <summary>1 ground glass, 3 part-solid, 5 solid.</summary>
    public required double Texture { get; init; }

    /// <summary>1 highly unlikely to 5 highly suspicious.</summary>
    public required double Malignancy { get; init; }

    /// <summary>The part of malignancy that looks do not explain, standard deviations.</summary>
    public required double Unexplained { get; init; }

    /// <summary>How much the nodule stands out at its density, 0 to 1.</summary>
    public required double Conspicuity { get; init; }

    /// <summary>What calcium adds, HU; 0 without.</summary>
    public required double CalciumHu { get; init; }

    /// <summary>none, vessel or pleura.</summary>
    public required string Attachment { get; init; }

    /// <summary>How many of the four readers marked it.</summary>
    public required int Readings { get; init; }
}
