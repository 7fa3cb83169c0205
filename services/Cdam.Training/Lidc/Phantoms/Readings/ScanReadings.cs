using Cdam.Training.Lidc.Phantoms.Geometry;

namespace Cdam.Training.Lidc.Phantoms.Readings;

/// <summary>What four radiologists make of a scan.</summary>
/// <param name="Truth">The nodules' true masks, in the patient's order.</param>
/// <param name="Sessions">The radiologists' marks.</param>
internal sealed record ScanReadings(IReadOnlyList<VoxelMask> Truth, IReadOnlyList<ReadingSession> Sessions)
{
    private const int Radiologists = 4;
    private const double SeesSmall = 0.5;
    private const double MarksNonNodule = 0.4;

    /// <summary>Reads a patient's scan; every nodule of 3 mm and more is seen by one at least.</summary>
    public static ScanReadings Of(PhantomPatient patient)
    {
        var random = PhantomRandom.For(patient.Options.Seed, patient.Number, RandomStream.Readings);
        var outlines = patient.Nodules.Select(nodule => new OutlineField(patient.Grid, patient.Thorax, nodule)).ToList();
        var truth = outlines.Select(outline => outline.Truth()).ToList();
        var attentive = patient.Nodules.Select(_ => random.Integer(0, Radiologists - 1)).ToList();
        var sessions = new List<ReadingSession>();
        for (var reader = 0; reader < Radiologists; reader++)
        {
            var radiologist = new Radiologist(random.Fork());
            var readings = new List<NoduleReading>();
            foreach (var nodule in random.Order(patient.Nodules.Count))
            {
                var (shape, traits) = (patient.Nodules[nodule].Shape, patient.Nodules[nodule].Traits);
                if (radiologist.Sees(traits) || attentive[nodule] == reader)
                {
                    var mask = radiologist.Draw(outlines[nodule], truth[nodule], shape.ShortestAxis, patient.Grid.Spacing);
                    readings.Add(new NoduleReading(nodule, radiologist.Rate(traits), mask));
                }
            }

            sessions.Add(new ReadingSession(
                readings, Some(patient.SmallNodules.Count, SeesSmall, random), Some(patient.NonNodules.Count, MarksNonNodule, random)));
        }

        return new ScanReadings(truth, sessions);
    }

    private static List<int> Some(int count, double chance, PhantomRandom random) =>
        [.. Enumerable.Range(0, count).Where(_ => random.Chance(chance))];
}
