using Cdam.Attribution.Volumes;
using Cdam.Randomness;
using Cdam.Training.Lidc;
using Cdam.Training.LungModels;

namespace Cdam.Training.Tests.LungModels;

/// <summary>Balls in noise, whose radius decides malignancy and diameter, and whose brightness decides the other ratings.</summary>
internal static class TestNodules
{
    private const int Side = VolumeCrop.Side;

    /// <summary>Every other one is malignant; patients have one nodule, folds come round.</summary>
    public static IReadOnlyList<LungNodule> Draw(int count, int folds = 2, ulong seed = 1) =>
        [.. Enumerable.Range(0, count).Select(index => One(index, index / 2 % folds, seed))];

    /// <summary>A nodule without voxels worth looking at.</summary>
    public static LungNodule Plain(string id, double malignancy, int fold = 0, string? patient = null) =>
        new(Describe(id, patient ?? id, fold, malignancy, new Biomarkers(3, 6, 3, 1, 1, 8, 5, 4)), new VolumeCrop(new short[Side * Side * Side]));

    /// <summary>The same nodule with other voxels and ratings.</summary>
    public static LungNodule Altered(LungNodule nodule)
    {
        var crop = new VolumeCrop(nodule.Crop.Voxels.ToArray().Select(voxel => (short)(300 - voxel)).ToArray());
        var markers = nodule.Source.Biomarkers with { Diameter = nodule.Source.Biomarkers.Diameter + 3, Texture = 1, Margin = 1 };
        return new LungNodule(nodule.Source with { Biomarkers = markers, DiameterMm = markers.Diameter }, crop);
    }

    private static LungNodule One(int index, int fold, ulong seed)
    {
        var random = new RandomStream(seed, (uint)index);
        var isMalignant = index % 2 == 1;
        var radius = isMalignant ? random.Uniform(7, 11) : random.Uniform(3, 5);
        var brightness = random.Uniform(0, 1);
        var high = 1 + 4 * brightness;
        var markers = new Biomarkers(high, high, high, 6 - high, 6 - high, 2 * radius, high, high);
        var voxels = new short[Side * Side * Side];
        for (var i = 0; i < voxels.Length; i++)
        {
            var (z, y, x) = (i / Side / Side - VolumeCrop.Centre, i / Side % Side - VolumeCrop.Centre, i % Side - VolumeCrop.Centre);
            var inside = x * x + y * y + z * z <= radius * radius;
            voxels[i] = (short)(30 * random.Uniform(-1, 1) + (inside ? -400 + 600 * brightness : -850));
        }

        var id = $"nodule-{index:000}";
        return new LungNodule(Describe(id, $"patient-{index:000}", fold, isMalignant ? 4 : 2, markers), new VolumeCrop(voxels));
    }

    private static Nodule Describe(string id, string patient, int fold, double malignancy, Biomarkers markers) => new()
    {
        Id = id,
        Patient = patient,
        SeriesUid = "1.2.3",
        CentreMm = [0, 0, 0],
        CentreVoxel = [0, 0, 0],
        DiameterMm = markers.Diameter,
        Readings = 4,
        Biomarkers = markers,
        Malignancy = malignancy,
        Label = Nodule.LabelOf(malignancy),
        Fold = fold,
        PaddedFraction = 0,
        File = $"nodules/{id}.safetensors",
    };
}
