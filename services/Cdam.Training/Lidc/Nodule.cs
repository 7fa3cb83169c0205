namespace Cdam.Training.Lidc;

/// <summary>A nodule of a data set: what <c>dataset.json</c> says of it.</summary>
public sealed record Nodule
{
    /// <summary>Unique in the data set: patient, a hash of the series UID, and a number.</summary>
    public required string Id { get; init; }

    /// <summary>Patient ID. All nodules of a patient are in one fold.</summary>
    public required string Patient { get; init; }

    /// <summary>Series instance UID of the scan.</summary>
    public required string SeriesUid { get; init; }

    /// <summary>Centroid of the consensus in the patient's coordinates: x towards left, y towards the back, z towards the head, in mm.</summary>
    public required IReadOnlyList<double> CentreMm { get; init; }

    /// <summary>The centroid as column, row and slice of the scan, from 0, with fractions; slices ascend along their normal.</summary>
    public required IReadOnlyList<double> CentreVoxel { get; init; }

    /// <summary>The same as <see cref="Biomarkers.Diameter"/>.</summary>
    public required double DiameterMm { get; init; }

    /// <summary>How many radiologists read it, at least 1.</summary>
    public required int Readings { get; init; }

    /// <summary>Means over the readings.</summary>
    public required Biomarkers Biomarkers { get; init; }

    /// <summary>Mean over the readings, 1 highly unlikely to 5 highly suspicious.</summary>
    public required double Malignancy { get; init; }

    /// <summary>Null for a mean malignancy of exactly 3: such nodules are left out of training on malignancy.</summary>
    public required NoduleLabel? Label { get; init; }

    /// <summary>From 0. In the record of a single scan, where folds are not known yet, 0.</summary>
    public required int Fold { get; init; }

    /// <summary>Share of the crop that lies outside the scan and was filled with −1000 Hounsfield units, 0 to 1.</summary>
    public required double PaddedFraction { get; init; }

    /// <summary>The crop's file, relative to the data set's folder.</summary>
    public required string File { get; init; }

    /// <summary>The label that a mean malignancy stands for.</summary>
    public static NoduleLabel? LabelOf(double malignancy) => malignancy switch
    {
        > 3 => NoduleLabel.Malignant,
        < 3 => NoduleLabel.Benign,
        _ => null,
    };
}
