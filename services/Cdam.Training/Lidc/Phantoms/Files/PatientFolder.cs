using System.Globalization;
using Cdam.Training.Lidc.Phantoms.Geometry;
using Cdam.Training.Lidc.Phantoms.Imaging;
using Cdam.Training.Lidc.Phantoms.Nodules;
using Cdam.Training.Lidc.Phantoms.Readings;

namespace Cdam.Training.Lidc.Phantoms.Files;

/// <summary>A patient's folder: <c>LIDC-IDRI-0001/&lt;study uid&gt;/&lt;series uid&gt;/</c> with the slices and the readings.</summary>
internal sealed class PatientFolder(string root, PhantomPatient patient)
{
    private readonly ScanUids _uids = new(patient.Options, patient.Number);

    private string Final => Path.Combine(root, patient.Name);

    /// <summary>True where an earlier run has made the folder: it gets its name only when all of it is there.</summary>
    /// <exception cref="IOException">The folder holds something else, or was made with other options.</exception>
    public bool IsThere()
    {
        if (!Directory.Exists(Final))
        {
            return false;
        }

        return Directory.Exists(Path.Combine(Final, _uids.Study, _uids.Series))
            ? true
            : throw new IOException(
                $"{Final} exists but is not this phantom; seed, matrix and VR must be those of the earlier run, or the folder another one.");
    }

    /// <summary>Makes the folder, in one step as seen from outside.</summary>
    public void Write(ScanReadings readings, CancellationToken cancellation)
    {
        var partial = Path.Combine(root, $".{patient.Name}.partial");
        Delete(partial);
        try
        {
            var series = Directory.CreateDirectory(Path.Combine(partial, _uids.Study, _uids.Series)).FullName;
            WriteSlices(series, CtVolume.Scan(patient), cancellation);
            File.WriteAllBytes(Path.Combine(series, $"{patient.Number:000}.xml"), new AnnotationWriter(patient, _uids).File(readings));
            Directory.Move(partial, Final);
        }
        finally
        {
            Delete(partial);
        }
    }

    /// <summary>What <see cref="TruthFile"/> says of the patient.</summary>
    public TruthPatient Truth(ScanReadings readings)
    {
        var grid = patient.Grid;
        var nodules = patient.Nodules.Select((nodule, index) =>
        {
            var count = readings.Sessions.Count(session => session.Nodules.Any(reading => reading.Nodule == index));
            return Truth(nodule.Traits, readings.Truth[index], count);
        });
        return new TruthPatient(patient.Name, _uids.Series, [grid.Spacing, grid.Spacing, grid.SliceSpacing], [.. nodules]);
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>As in LIDC-IDRI, a file's name says nothing of where its slice lies.</summary>
    private void WriteSlices(string series, CtVolume volume, CancellationToken cancellation)
    {
        var writer = new DicomSliceWriter(patient, _uids);
        var order = PhantomRandom.For(patient.Options.Seed, patient.Number, RandomStream.Files).Order(patient.Grid.Slices);
        for (var slice = 0; slice < order.Length; slice++)
        {
            cancellation.ThrowIfCancellationRequested();
            var name = string.Create(CultureInfo.InvariantCulture, $"{order[slice] + 1:000000}.dcm");
            File.WriteAllBytes(Path.Combine(series, name), writer.File(slice, volume.Slice(slice)));
        }
    }

    private TruthNodule Truth(NoduleTraits traits, VoxelMask mask, int readings)
    {
        var grid = patient.Grid;
        var voxel = mask.Centroid();
        return new TruthNodule
        {
            CentreMm = [Rounded(grid.InPlane(voxel.X)), Rounded(grid.InPlane(voxel.Y)), Rounded(grid.Z(voxel.Z))],
            CentreVoxel = [Rounded(voxel.X), Rounded(voxel.Y), Rounded(voxel.Z)],
            VolumeMm3 = Rounded(mask.Count * grid.Spacing * grid.Spacing * grid.SliceSpacing),
            DiameterMm = Rounded(traits.Diameter),
            Subtlety = Rounded(traits.Subtlety),
            Calcification = (int)traits.Calcification,
            Sphericity = Rounded(traits.Sphericity),
            Margin = Rounded(traits.Margin),
            Lobulation = Rounded(traits.Lobulation),
            Spiculation = Rounded(traits.Spiculation),
            Texture = Rounded(traits.Texture),
            Malignancy = Rounded(traits.Malignancy),
            Unexplained = Rounded(traits.Unexplained),
            Conspicuity = Rounded(traits.Conspicuity),
            CalciumHu = traits.Calcification == Calcification.Absent ? 0 : Rounded(traits.Calcium),
            Attachment = traits.Attachment switch { Attachment.Pleura => "pleura", Attachment.Vessel => "vessel", _ => "none" },
            Readings = readings,
        };
    }

    private static double Rounded(double value) => Math.Round(value, 4);
}
