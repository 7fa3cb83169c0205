using Cdam.Training.Lidc.Phantoms.Geometry;

namespace Cdam.Training.Lidc.Phantoms.Nodules;

/// <summary>
/// Draws nodules as LIDC has them: most of 4 to 15 mm, round, sharp and solid, with tails towards everything else that are somewhat
/// heavier than LIDC's, so that few patients already show what each rating means.
/// </summary>
internal static class TraitSampler
{
    // Quantiles of the diameter, mm, at equal steps of probability.
    private static readonly double[] Diameters = [3.2, 4.4, 5.4, 6.4, 7.5, 8.8, 10.4, 12.4, 15, 19, 28];

    /// <summary>Draws one nodule.</summary>
    public static NoduleTraits Sample(PhantomRandom random)
    {
        var diameter = Diameter(random.Uniform());
        var calcification = Pattern(diameter, random);
        var margin = 5 - 4 * (1 - Math.Sqrt(random.Uniform()));
        var texture = calcification == Calcification.Absent ? Texture(random) : random.Uniform(4.6, 5);
        return new NoduleTraits
        {
            Diameter = diameter,
            Sphericity = 5 - Math.Min(4 * Square(random.Uniform()), Elongation.Largest(diameter)),
            Lobulation = 1 + 4 * Visible(diameter) * Math.Min(1, 0.2 * margin + 0.2) * Square(random.Uniform()),
            Spiculation = 1 + 4 * Visible(diameter) * Square(random.Uniform()) * (calcification == Calcification.Absent ? 1 : 0.4),
            Margin = margin,
            Texture = texture,
            Calcification = calcification,
            Calcium = random.Uniform(350, 900),
            Conspicuity = random.Uniform(),
            Attachment = random.Uniform() switch { < 0.2 => Attachment.Pleura, < 0.4 => Attachment.Vessel, _ => Attachment.None },
            Unexplained = random.Normal(),
        };
    }

    private static double Diameter(double quantile)
    {
        var place = quantile * (Diameters.Length - 1);
        var below = (int)place;
        return Ramp.Mix(Diameters[below], Diameters[below + 1], place - below);
    }

    /// <summary>Bumps and spicules of small nodules are below what a scanner resolves; a margin that is poorly defined hides bumps too.</summary>
    private static double Visible(double diameter) => Math.Clamp((diameter - 2) / 6, 0.15, 1);

    /// <summary>Rings and blobs need room.</summary>
    private static Calcification Pattern(double diameter, PhantomRandom random)
    {
        var pattern = random.Uniform() switch
        {
            < 0.74 => Calcification.Absent,
            < 0.82 => Calcification.Solid,
            < 0.88 => Calcification.Central,
            < 0.94 => Calcification.NonCentral,
            < 0.97 => Calcification.Popcorn,
            _ => Calcification.Laminated,
        };
        return diameter < 7.5 && pattern != Calcification.Absent ? Calcification.Solid : pattern;
    }

    private static double Texture(PhantomRandom random) => random.Uniform() switch
    {
        < 0.17 => random.Uniform(1, 2),
        < 0.38 => random.Uniform(2, 4.2),
        _ => random.Uniform(4.5, 5),
    };

    private static double Square(double x) => x * x;
}
