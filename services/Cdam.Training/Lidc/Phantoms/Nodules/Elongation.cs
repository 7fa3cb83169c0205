namespace Cdam.Training.Lidc.Phantoms.Nodules;

/// <summary>How sphericity becomes the axes of an ellipsoid.</summary>
internal static class Elongation
{
    private const double PerStep = 0.42;         // longest axis over shortest, a step of sphericity
    private const double SmallestWidth = 2.5;    // mm: nodules that are thinner would be lost between slices

    /// <summary>The most that sphericity may lie below 5 for a nodule of this diameter (mm).</summary>
    public static double Largest(double diameter) => Math.Clamp((diameter / SmallestWidth - 1) / PerStep, 0, 4);

    /// <summary>Semi-axes, mm, the longest first. The middle one is near the shortest: a long nodule looks long from most sides.</summary>
    public static (double A, double B, double C) Axes(double diameter, double sphericity)
    {
        var ratio = 1 + PerStep * (5 - sphericity);
        var longest = diameter / 2;
        return (longest, longest * (0.3 + 0.7 / ratio), longest / ratio);
    }
}
