using Cdam.Training.Lidc.Annotations;
using Cdam.Training.Lidc.Volumes;

namespace Cdam.Training.Lidc.Import;

/// <summary>Summarises the readings of a nodule: every finding is the mean over them.</summary>
internal static class NoduleFactory
{
    public static Nodule Create(string id, CtSeries series, IReadOnlyList<MaskedReading> readings, Vector3D centre, double paddedFraction)
    {
        var voxel = series.Geometry.ToVoxel(centre);
        var malignancy = Mean(readings, rated => rated.Malignancy);
        var diameter = readings.Average(reading => reading.Diameter);
        return new Nodule
        {
            Id = id,
            Patient = series.PatientId,
            SeriesUid = series.SeriesInstanceUid,
            CentreMm = [centre.X, centre.Y, centre.Z],
            CentreVoxel = [voxel.X, voxel.Y, voxel.Z],
            DiameterMm = diameter,
            Readings = readings.Count,
            Biomarkers = new Biomarkers(
                Mean(readings, rated => rated.Subtlety),
                Mean(readings, rated => rated.Calcification),
                Mean(readings, rated => rated.Margin),
                Mean(readings, rated => rated.Lobulation),
                Mean(readings, rated => rated.Spiculation),
                diameter,
                Mean(readings, rated => rated.Texture),
                Mean(readings, rated => rated.Sphericity)),
            Malignancy = malignancy,
            Label = Nodule.LabelOf(malignancy),
            Fold = 0,
            PaddedFraction = paddedFraction,
            File = DatasetFolder.FileOf(id),
        };
    }

    private static double Mean(IReadOnlyList<MaskedReading> readings, Func<Characteristics, int> rating) =>
        readings.Average(reading => rating(reading.Reading.Characteristics));
}
