namespace Cdam.Training.Lidc.Phantoms.Readings;

/// <summary>What a radiologist says of a nodule, on LIDC's scales: calcification from 1 to 6, the others from 1 to 5.</summary>
internal sealed record Characteristics(
    int Subtlety, int Calcification, int Sphericity, int Margin, int Lobulation, int Spiculation, int Texture, int Malignancy);
