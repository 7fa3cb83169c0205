namespace Cdam.Training.Lidc.Phantoms.Nodules;

/// <summary>
/// What a nodule is like: the latent values behind its voxels and its readings. Ratings are on LIDC's scales, from 1 to 5, here with
/// fractions: sphericity 1 linear to 5 round, lobulation and spiculation 1 none to 5 marked, margin 1 poorly defined to 5 sharp, texture
/// 1 ground glass over 3 part-solid to 5 solid.
/// </summary>
internal sealed record NoduleTraits
{
    /// <summary>Longest extent without spicules, mm.</summary>
    public required double Diameter { get; init; }

    public required double Sphericity { get; init; }

    public required double Lobulation { get; init; }

    public required double Spiculation { get; init; }

    public required double Margin { get; init; }

    public required double Texture { get; init; }

    public required Calcification Calcification { get; init; }

    /// <summary>What calcium adds, HU above the nodule's own; used where there is some.</summary>
    public required double Calcium { get; init; }

    /// <summary>How much the nodule stands out at its density: 0 as little, 1 as much as such nodules do.</summary>
    public required double Conspicuity { get; init; }

    public required Attachment Attachment { get; init; }

    /// <summary>What makes a nodule more or less malignant than its looks say; standard deviations.</summary>
    public required double Unexplained { get; init; }

    /// <summary>Malignancy, 1 highly unlikely to 5 highly suspicious.</summary>
    public double Malignancy => MalignancyModel.Rating(this);

    /// <summary>
    /// Subtlety, 1 extremely subtle to 5 obvious: large, dense, bright and sharp nodules are obvious, those beside a vessel or the pleura
    /// less so.
    /// </summary>
    public double Subtlety
    {
        get
        {
            var size = Math.Clamp((Diameter - 3) / 9, 0, 1);
            var density = (Texture - 1) / 4;
            var bright = Calcification == Calcification.Absent ? 0 : 0.1;
            var hidden = Attachment switch { Attachment.Pleura => 0.12, Attachment.Vessel => 0.08, _ => 0 };
            return 1 + 4 * Math.Clamp(0.4 * size + 0.25 * density + 0.3 * Conspicuity + 0.1 * (Margin - 1) / 4 + bright - hidden, 0, 1);
        }
    }
}
