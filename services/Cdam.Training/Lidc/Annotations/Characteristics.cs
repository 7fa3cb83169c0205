namespace Cdam.Training.Lidc.Annotations;

/// <summary>What one radiologist wrote of a nodule: whole numbers, 1 to 5, calcification 1 to 6.</summary>
internal sealed record Characteristics(
    int Subtlety, int Calcification, int Margin, int Lobulation, int Spiculation, int Texture, int Sphericity, int Malignancy);
