using Cdam.Training.Lidc.Phantoms.Geometry;
using Cdam.Training.Lidc.Phantoms.Nodules;

namespace Cdam.Training.Lidc.Phantoms.Readings;

/// <summary>A reader: misses subtle nodules now and then, leans to one side on some scales, and draws a little wide here and tight there.</summary>
internal sealed class Radiologist
{
    private const double Leaning = 0.15;     // deviation of a reader's own bias, steps of a scale
    private const double Uncertainty = 0.45; // deviation of a single rating
    private const int Scales = 7;

    // Readers agree on where a nodule is. A thin slice or a spicule more or less would move small and ragged ones further than that.
    private const double LeastOverlap = 0.9; // Dice
    private const double MostShift = 0.7;    // of the centre, voxels along each axis
    private const double LeastMovement = 0.02; // of the pixel: less moves no voxel
    private readonly double[] _bias;
    private readonly PhantomRandom _random;

    public Radiologist(PhantomRandom random)
    {
        _random = random;
        _bias = [.. Enumerable.Range(0, Scales).Select(_ => Leaning * random.Normal())];
    }

    /// <summary>Whether the nodule is seen at all.</summary>
    public bool Sees(NoduleTraits traits) => _random.Chance(0.45 + 0.13 * (traits.Subtlety - 1));

    /// <summary>Whole numbers around the truth.</summary>
    public Characteristics Rate(NoduleTraits traits) => new(
        Rating(traits.Subtlety, 0),
        (int)Pattern(traits.Calcification),
        Rating(traits.Sphericity, 1),
        Rating(traits.Margin, 2),
        Rating(traits.Lobulation, 3),
        Rating(traits.Spiculation, 4),
        Rating(traits.Texture, 5),
        Rating(traits.Malignancy, 6));

    /// <summary>The nodule as this reader draws it: never so far off that the readers' nodules would be different ones.</summary>
    /// <param name="outline">Of the nodule.</param>
    /// <param name="truth">Its true mask.</param>
    /// <param name="radius">The nodule's shortest semi-axis, mm: small nodules leave less to differ about.</param>
    /// <param name="pixel">mm: the most that outlines are moved.</param>
    public VoxelMask Draw(OutlineField outline, VoxelMask truth, double radius, double pixel)
    {
        var most = Math.Min(pixel, 0.14 * Math.Max(0, radius - 0.8));
        var overall = 0.15 * _random.Normal();
        var (first, second, third) = (_random.Direction(), _random.Direction(), _random.Direction());
        for (var movement = most; movement > LeastMovement * pixel; movement /= 2)
        {
            var mask = outline.Moved(direction => movement * Math.Clamp(
                overall + 0.4 * first.Dot(direction) + 0.8 * second.Dot(direction) * third.Dot(direction), -1, 1));
            if (Agrees(mask, truth))
            {
                return mask;
            }
        }

        return truth;
    }

    private static bool Agrees(VoxelMask mask, VoxelMask truth)
    {
        if (mask.Dice(truth) < LeastOverlap)
        {
            return false;
        }

        var shift = mask.Centroid() - truth.Centroid();
        return Math.Max(Math.Abs(shift.X), Math.Max(Math.Abs(shift.Y), Math.Abs(shift.Z))) <= MostShift;
    }

    private int Rating(double truth, int scale) => (int)Math.Clamp(Math.Floor(truth + _bias[scale] + Uncertainty * _random.Normal() + 0.5), 1, 5);

    /// <summary>Mostly right; calcium is overlooked at times, and patterns that look alike are taken for each other.</summary>
    private Calcification Pattern(Calcification truth)
    {
        var luck = _random.Uniform();
        return truth switch
        {
            Calcification.Absent => luck < 0.99 ? truth : Calcification.NonCentral,
            _ when luck < 0.88 => truth,
            Calcification.Solid => Calcification.Central,
            Calcification.Central => Calcification.Solid,
            Calcification.Popcorn => Calcification.NonCentral,
            Calcification.NonCentral => luck < 0.95 ? Calcification.Popcorn : Calcification.Absent,
            _ => Calcification.Central,
        };
    }
}
