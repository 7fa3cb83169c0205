using Cdam.Training.Lidc.Phantoms.Geometry;

namespace Cdam.Training.Lidc.Phantoms.Anatomy;

/// <summary>What differs between bodies. Lengths are mm; the thorax fills the field, so a small matrix shows a small person.</summary>
internal sealed record ThoraxSize
{
    /// <summary>1 for an adult seen in a field of 350 mm.</summary>
    public required double Scale { get; init; }

    /// <summary>Half the body's width and depth.</summary>
    public required double BodyX { get; init; }

    /// <inheritdoc cref="BodyX"/>
    public required double BodyY { get; init; }

    /// <summary>From the skin to the pleura.</summary>
    public required double Wall { get; init; }

    /// <summary>Of the fat under the skin.</summary>
    public required double Fat { get; init; }

    /// <summary>Size of the heart, about 1.</summary>
    public required double Heart { get; init; }

    /// <summary>Blood, HU: about 40 plain, more with a contrast agent.</summary>
    public required double Blood { get; init; }

    /// <summary>Height of a rib above the middle of the scan.</summary>
    public required double RibPhase { get; init; }

    /// <summary>Lung tissue between the vessels, HU.</summary>
    public required double Parenchyma { get; init; }

    /// <summary>Half the cavity's width and depth at the middle of the scan.</summary>
    public double CavityX => BodyX - Wall;

    /// <inheritdoc cref="CavityX"/>
    public double CavityY => BodyY - 1.1 * Wall;

    /// <summary>A random body for a field of view.</summary>
    public static ThoraxSize Random(double field, PhantomRandom random)
    {
        var width = field * random.Uniform(0.45, 0.475);
        return new ThoraxSize
        {
            Scale = field / 350,
            BodyX = width,
            BodyY = width * random.Uniform(0.68, 0.76),
            Wall = field * random.Uniform(0.055, 0.075),
            Fat = field * random.Uniform(0.012, 0.03),
            Heart = random.Uniform(0.85, 1.1),
            Blood = random.Chance(0.5) ? random.Uniform(35, 50) : random.Uniform(110, 200),
            RibPhase = random.Uniform(0, 30),
            Parenchyma = random.Uniform(-880, -835),
        };
    }
}
