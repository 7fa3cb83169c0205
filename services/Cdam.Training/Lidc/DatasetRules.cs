namespace Cdam.Training.Lidc;

/// <summary>What a data set's description must obey.</summary>
internal static class DatasetRules
{
    /// <summary>Two sums of the same numbers may differ in the last digits.</summary>
    private const double Rounding = 1e-9;

    public static IEnumerable<string> Faults(DatasetManifest manifest)
    {
        if (manifest.FormatVersion != DatasetManifest.CurrentVersion)
        {
            return [$"format_version is {manifest.FormatVersion}; must be {DatasetManifest.CurrentVersion}"];
        }

        return Whole(manifest).Concat(manifest.Nodules.SelectMany((nodule, i) =>
            nodule is null ? [$"nodules[{i}] is null; must be an object"] : Faults(nodule, manifest.Folds).Select(fault => $"nodules[{i}].{fault}")));
    }

    private static IEnumerable<string> Whole(DatasetManifest manifest)
    {
        if (manifest.VoxelMm != NoduleDataset.VoxelMm)
        {
            yield return $"voxel_mm is {manifest.VoxelMm}; must be {NoduleDataset.VoxelMm}";
        }

        if (manifest.Side != NoduleDataset.Side)
        {
            yield return $"side is {manifest.Side}; must be {NoduleDataset.Side}";
        }

        if (manifest.Folds < 2)
        {
            yield return $"folds is {manifest.Folds}; must be at least 2";
        }

        if (manifest.Skipped.Contains(null!) || manifest.Warnings.Contains(null!))
        {
            yield return "skipped or warnings hold null; neither may";
        }

        var nodules = manifest.Nodules.Where(nodule => nodule is not null).ToList();
        foreach (var twice in nodules.CountBy(nodule => nodule.Id, StringComparer.OrdinalIgnoreCase).Where(count => count.Value > 1))
        {
            yield return $"id \"{twice.Key}\" stands {twice.Value} times; must be unique";
        }

        foreach (var patient in nodules.GroupBy(nodule => nodule.Patient).Where(patient => patient.DistinctBy(nodule => nodule.Fold).Count() > 1))
        {
            var folds = string.Join(", ", patient.Select(nodule => nodule.Fold).Distinct());
            yield return $"patient \"{patient.Key}\" is in folds {folds}; must be in one";
        }
    }

    private static IEnumerable<string> Faults(Nodule nodule, int folds)
    {
        if (nodule.Id.Length == 0 || Path.GetFileName(nodule.Id) != nodule.Id || nodule.File != $"nodules/{nodule.Id}.safetensors")
        {
            yield return $"file is \"{nodule.File}\" for id \"{nodule.Id}\"; must be nodules/ID.safetensors, and the id a plain file name";
        }

        if (nodule.Patient.Length == 0 || nodule.SeriesUid.Length == 0)
        {
            yield return "patient or series_uid is empty; neither may be";
        }

        if (nodule.CentreMm.Count != 3 || nodule.CentreVoxel.Count != 3)
        {
            yield return $"centre_mm and centre_voxel have {nodule.CentreMm.Count} and {nodule.CentreVoxel.Count} numbers; must have 3 each";
        }

        if (nodule.Readings < 1)
        {
            yield return $"readings is {nodule.Readings}; must be at least 1";
        }

        if (nodule.Fold < 0 || nodule.Fold >= folds)
        {
            yield return $"fold is {nodule.Fold}; must be 0 to {folds - 1}";
        }

        if (nodule.PaddedFraction is < 0 or > 1)
        {
            yield return $"padded_fraction is {nodule.PaddedFraction}; must be 0 to 1";
        }

        foreach (var fault in RatingFaults(nodule))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> RatingFaults(Nodule nodule)
    {
        foreach (var (marker, value) in Biomarkers.All.Zip(nodule.Biomarkers.ToArray()))
        {
            if (value < marker.Lowest || value > marker.Highest || value == 0)
            {
                yield return $"biomarkers.{marker.Name} is {value}; must be {marker.Lowest} to {marker.Highest}, not 0";
            }
        }

        if (Math.Abs(nodule.DiameterMm - nodule.Biomarkers.Diameter) > Rounding)
        {
            yield return $"diameter_mm is {nodule.DiameterMm} and biomarkers.diameter {nodule.Biomarkers.Diameter}; must be the same";
        }

        if (nodule.Malignancy is < 1 or > 5)
        {
            yield return $"malignancy is {nodule.Malignancy}; must be 1 to 5";
        }

        if (nodule.Label != Nodule.LabelOf(nodule.Malignancy))
        {
            yield return $"label is {nodule.Label?.ToString() ?? "null"} for malignancy {nodule.Malignancy};"
                + " above 3 is malignant, below 3 benign, 3 null";
        }
    }
}
