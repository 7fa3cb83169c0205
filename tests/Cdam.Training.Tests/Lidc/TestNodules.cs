using Cdam.Training.Lidc;

namespace Cdam.Training.Tests.Lidc;

internal static class TestNodules
{
    public static Nodule Create(string id, string patient, double malignancy) => new()
    {
        Id = id,
        Patient = patient,
        SeriesUid = "1.2.3",
        CentreMm = [1, 2, 3],
        CentreVoxel = [4, 5, 6],
        DiameterMm = 7.5,
        Readings = 2,
        Biomarkers = new Biomarkers(1, 6, 2, 3, 4, 7.5, 5, 4.5),
        Malignancy = malignancy,
        Label = Nodule.LabelOf(malignancy),
        Fold = 0,
        PaddedFraction = 0.25,
        File = $"nodules/{id}.safetensors",
    };
}
