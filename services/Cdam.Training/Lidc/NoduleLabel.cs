namespace Cdam.Training.Lidc;

/// <summary>What the mean malignancy says; a mean of exactly 3 has no label.</summary>
public enum NoduleLabel
{
    /// <summary>Mean malignancy below 3.</summary>
    Benign,

    /// <summary>Mean malignancy above 3.</summary>
    Malignant,
}
