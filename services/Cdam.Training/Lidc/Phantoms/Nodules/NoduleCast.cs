using Cdam.Training.Lidc.Phantoms.Geometry;

namespace Cdam.Training.Lidc.Phantoms.Nodules;

/// <summary>Draws the nodules of a patient and places them.</summary>
internal sealed class NoduleCast(NodulePlacement placement, ValueNoise texture, PhantomRandom random)
{
    private const int Redraws = 50;

    /// <summary>One to four nodules of 3 mm and more; what finds no room is drawn again.</summary>
    public List<PlacedNodule> Nodules()
    {
        var count = random.Uniform() switch { < 0.3 => 1, < 0.6 => 2, < 0.83 => 3, _ => 4 };
        var nodules = new List<PlacedNodule>();
        for (var i = 0; i < Redraws && nodules.Count < count; i++)
        {
            if (Place(TraitSampler.Sample(random)) is { } nodule)
            {
                nodules.Add(nodule);
            }
        }

        return nodules.Count > 0 ? nodules : throw new InvalidOperationException("No nodule finds room in the lungs of this phantom.");
    }

    /// <summary>None to two nodules of 1.5 to 2.9 mm.</summary>
    public List<PlacedNodule> SmallNodules() =>
        [.. Enumerable.Range(0, random.Integer(0, 2)).Select(_ => Place(Small())).OfType<PlacedNodule>()];

    private NoduleTraits Small() => TraitSampler.Sample(random) with
    {
        Diameter = random.Uniform(1.5, 2.9),
        Sphericity = 5,
        Lobulation = 1,
        Spiculation = 1,
        Margin = 4,
        Calcification = Calcification.Absent,
        Attachment = Attachment.None,
    };

    private PlacedNodule? Place(NoduleTraits traits)
    {
        var shape = new NoduleShape(traits, random.Fork());
        var density = new NoduleDensity(traits, shape, texture, random.Fork());
        return placement.Find(traits.Attachment, shape) is { } centre
            ? new PlacedNodule(centre, traits, shape, density)
            : null;
    }
}
