using Cdam.Training.Lidc;
using Cdam.Training.Lidc.Import;
using Cdam.Training.Lidc.Phantoms;
using Cdam.Training.Lidc.Phantoms.Readings;

namespace Cdam.Training.Tests.Lidc;

/// <summary>A few small phantoms and what the importer makes of them; the folders are gone afterwards.</summary>
public sealed class ImportedPhantoms : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cdam-round-trip-");

    public static PhantomOptions Options { get; } = new() { Patients = 6, Seed = 12, Matrix = 192 };

    public ImportSummary Summary { get; private set; } = null!;

    public NoduleDataset Dataset { get; private set; } = null!;

    internal List<(PhantomPatient Drawn, ScanReadings Readings)> Patients { get; } = [];

    public async ValueTask InitializeAsync()
    {
        var (scans, dataset) = (Path.Combine(_folder.FullName, "scans"), Path.Combine(_folder.FullName, "dataset"));
        await PhantomGenerator.Write(scans, Options, null, TestContext.Current.CancellationToken);
        Summary = LidcImport.Run(new LidcImportOptions { Folder = scans, Output = dataset }, null, TestContext.Current.CancellationToken);
        Dataset = NoduleDataset.Open(dataset);
        Patients.AddRange(Enumerable.Range(1, Options.Patients)
            .Select(number => PhantomPatient.Draw(Options, number))
            .Select(patient => (patient, ScanReadings.Of(patient))));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Each true nodule with the imported one of its patient that lies nearest.</summary>
    internal IEnumerable<Pair> Pairs() =>
        from patient in Patients
        from nodule in Enumerable.Range(0, patient.Drawn.Nodules.Count)
        let truth = patient.Readings.Truth[nodule]
        let imported = Dataset.Nodules.Where(imported => imported.Patient == patient.Drawn.Name).MinBy(imported => Distance(imported, truth))
        let readings = patient.Readings.Sessions.SelectMany(session => session.Nodules).Where(reading => reading.Nodule == nodule).ToList()
        select new Pair(patient.Drawn, nodule, truth, readings, imported);

    private static double Distance(Nodule imported, VoxelMask truth)
    {
        var centre = truth.Centroid();
        return Math.Abs(imported.CentreVoxel[0] - centre.X) + Math.Abs(imported.CentreVoxel[1] - centre.Y) + Math.Abs(imported.CentreVoxel[2] - centre.Z);
    }

    internal sealed record Pair(PhantomPatient Patient, int Nodule, VoxelMask Truth, List<NoduleReading> Readings, Nodule Imported);
}
