using Cdam.Training.Lidc;
using Cdam.Training.Lidc.Import;
using Cdam.Training.Lidc.Phantoms.Geometry;
using Cdam.Training.Lidc.Phantoms.Readings;

namespace Cdam.Training.Tests.Lidc;

/// <summary>What the importer makes of phantoms is what they were made from.</summary>
public sealed class PhantomRoundTripTests(ImportedPhantoms phantoms) : IClassFixture<ImportedPhantoms>
{
    private const int Side = NoduleDataset.Side;

    [Fact]
    public void Import_Phantoms_FindsEveryNoduleOnce()
    {
        Assert.Equal(ImportedPhantoms.Options.Patients, phantoms.Summary.Scans);
        Assert.Empty(phantoms.Dataset.Skipped);
        Assert.Empty(phantoms.Dataset.Warnings);
        Assert.Equal(0, phantoms.Summary.Ignored);
        Assert.Equal(phantoms.Patients.Sum(patient => patient.Drawn.Nodules.Count), phantoms.Dataset.Nodules.Count);
        Assert.Equal(phantoms.Dataset.Nodules.Count, phantoms.Pairs().Select(pair => pair.Imported.Id).Distinct().Count());
    }

    [Fact]
    public void Import_SmallNodulesAndNonNodules_AreCountedAndNotUsed()
    {
        var sessions = phantoms.Patients.SelectMany(patient => patient.Readings.Sessions).ToList();

        Assert.Equal(sessions.Sum(session => session.SmallNodules.Count), phantoms.Summary.SmallNodules);
        Assert.Equal(sessions.Sum(session => session.NonNodules.Count), phantoms.Summary.NonNodules);
    }

    [Fact]
    public void Import_Centre_IsWithinAVoxel() => Assert.All(phantoms.Pairs(), pair =>
    {
        var centre = pair.Truth.Centroid();
        Assert.Equal(centre.X, pair.Imported.CentreVoxel[0], 1.0);
        Assert.Equal(centre.Y, pair.Imported.CentreVoxel[1], 1.0);
        Assert.Equal(centre.Z, pair.Imported.CentreVoxel[2], 1.0);
        var millimetres = pair.Patient.Grid.ToVoxel(new Point3(pair.Imported.CentreMm[0], pair.Imported.CentreMm[1], pair.Imported.CentreMm[2]));
        Assert.Equal(pair.Imported.CentreVoxel[0], millimetres.X, 1e-6); // rounding alone
        Assert.Equal(pair.Imported.CentreVoxel[2], millimetres.Z, 1e-6);
    });

    [Fact]
    public void Import_Mask_OverlapsTheTruth() => Assert.All(phantoms.Pairs(), pair =>
    {
        var mask = phantoms.Dataset.ReadMask(pair.Imported);
        var truth = TruthOf(pair);
        var shared = mask.Zip(truth).Count(voxels => voxels.First == 1 && voxels.Second);
        var dice = 2.0 * shared / (mask.Count(voxel => voxel == 1) + truth.Count(voxel => voxel));
        Assert.True(dice >= 0.85, $"{pair.Imported.Id}: Dice {dice:0.000} at {pair.Patient.Nodules[pair.Nodule].Traits} of {pair.Imported.Readings} readings");
    });

    [Fact]
    public void Import_Crop_HoldsTheNodulesVoxels() => Assert.All(phantoms.Pairs(), pair =>
    {
        // The body is denser than the lung around it, −850, whatever its texture; small ones share their voxels with it.
        var (crop, mask) = (phantoms.Dataset.ReadCrop(pair.Imported), phantoms.Dataset.ReadMask(pair.Imported));
        var texture = pair.Patient.Nodules[pair.Nodule].Traits.Texture;
        var inside = crop.Zip(mask).Where(voxel => voxel.Second == 1).Average(voxel => voxel.First);
        Assert.True(inside > (texture > 4 ? -560 : -800), $"{inside:0} HU at texture {texture:0.0}");
    });

    [Fact]
    public void Import_Biomarkers_AreTheMeansOfTheReadings() => Assert.All(phantoms.Pairs(), pair =>
    {
        var ratings = pair.Readings.ConvertAll(reading => reading.Characteristics);
        var biomarkers = pair.Imported.Biomarkers;

        Assert.Equal(ratings.Count, pair.Imported.Readings);
        Assert.Equal(ratings.Average(rating => rating.Subtlety), biomarkers.Subtlety);
        Assert.Equal(ratings.Average(rating => rating.Calcification), biomarkers.Calcification);
        Assert.Equal(ratings.Average(rating => rating.Margin), biomarkers.Margin);
        Assert.Equal(ratings.Average(rating => rating.Lobulation), biomarkers.Lobulation);
        Assert.Equal(ratings.Average(rating => rating.Spiculation), biomarkers.Spiculation);
        Assert.Equal(ratings.Average(rating => rating.Texture), biomarkers.Texture);
        Assert.Equal(ratings.Average(rating => rating.Sphericity), biomarkers.Sphericity);
        Assert.Equal(pair.Readings.Average(reading => Diameter(reading, pair.Patient.Grid.Spacing)), biomarkers.Diameter, 1e-9); // order of sums
    });

    [Fact]
    public void Import_Label_IsThatOfTheMeanMalignancy() => Assert.All(phantoms.Pairs(), pair =>
    {
        var malignancy = pair.Readings.Average(reading => reading.Characteristics.Malignancy);
        NoduleLabel? label = malignancy > 3 ? NoduleLabel.Malignant : malignancy < 3 ? NoduleLabel.Benign : null;

        Assert.Equal(malignancy, pair.Imported.Malignancy);
        Assert.Equal(label, pair.Imported.Label);
    });

    [Fact]
    public void Import_Folds_KeepPatientsTogetherAndAreAllUsed()
    {
        var folds = phantoms.Dataset.Nodules.GroupBy(nodule => nodule.Patient).Select(nodules => nodules.Select(nodule => nodule.Fold).Distinct().Single()).ToList();

        Assert.Equal(Enumerable.Range(0, LidcImportOptions.Folds), folds.Distinct().Order());
    }

    /// <summary>The true mask at the crop's voxels: interpolated linearly, it is at least one half there.</summary>
    private static bool[] TruthOf(ImportedPhantoms.Pair pair)
    {
        var centre = new Point3(pair.Imported.CentreMm[0], pair.Imported.CentreMm[1], pair.Imported.CentreMm[2]);
        var middle = new Point3(NoduleDataset.CentreIndex, NoduleDataset.CentreIndex, NoduleDataset.CentreIndex);
        return [.. Enumerable.Range(0, Side * Side * Side).Select(i =>
        {
            var offset = new Point3(i % Side, i / Side % Side, i / Side / Side) - middle;
            return Interpolated(pair.Truth, pair.Patient.Grid.ToVoxel(centre + offset)) >= 0.5;
        })];
    }

    private static double Interpolated(VoxelMask mask, Point3 at)
    {
        var (column, row, slice) = ((int)Math.Floor(at.X), (int)Math.Floor(at.Y), (int)Math.Floor(at.Z));
        return (
            from x in (int[])[0, 1]
            from y in (int[])[0, 1]
            from z in (int[])[0, 1]
            where mask[column + x, row + y, slice + z]
            select (1 - Math.Abs(at.X - column - x)) * (1 - Math.Abs(at.Y - row - y)) * (1 - Math.Abs(at.Z - slice - z))).Sum();
    }

    /// <summary>The largest distance of two points of one contour, mm.</summary>
    private static double Diameter(NoduleReading reading, double pixel) => ContourTracer.Trace(reading.Mask).Max(contour => (
        from a in contour.Points
        from b in contour.Points
        select pixel * Math.Sqrt((a.Column - b.Column) * (a.Column - b.Column) + (a.Row - b.Row) * (a.Row - b.Row))).Max());
}
