using Cdam.Training.Lidc;
using Cdam.Training.Lidc.Import;

namespace Cdam.Training.Tests.Lidc.Import;

public sealed class ResumedImportTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public ResumedImportTests()
    {
        foreach (var patient in new[] { "A", "B", "C" })
        {
            Scan(patient).Write(_scratch.PathOf("in"));
        }
    }

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Run_Cancelled_GoesOnWhereItStopped()
    {
        using var source = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => LidcImport.Run(Options, _ => source.Cancel(), source.Token));
        Assert.False(File.Exists(_scratch.PathOf("out", "dataset.json")));
        var done = Directory.GetFiles(_scratch.PathOf("out", "scans")).Length;
        Assert.Equal(1, done);

        var steps = new List<ImportProgress>();
        var summary = LidcImport.Run(Options, steps.Add);
        Assert.Equal((3, done), (summary.Scans, summary.Unchanged));
        Assert.Equal([1, 2, 3], steps.Select(step => step.Done));
        Assert.Equal(new ImportProgress(3, 3, 3, 0), steps[^1]);
    }

    [Fact]
    public void Run_Again_GivesTheSameBytes()
    {
        Run();
        var first = Snapshot();
        Assert.Equal(3, Run().Unchanged);
        Assert.Equal(first, Snapshot());
        Directory.Delete(_scratch.PathOf("out"), recursive: true);
        Assert.Equal(0, LidcImport.Run(Options with { Threads = 3 }).Unchanged);
        Assert.Equal(first, Snapshot());
    }

    [Fact]
    public void Run_ChangedScan_IsReadAgain()
    {
        Run();
        var xml = _scratch.PathOf("in", "B", "1.1", "1.B", "annotations.xml");
        var written = File.GetLastWriteTimeUtc(xml);
        File.WriteAllText(xml, File.ReadAllText(xml).Replace("<malignancy>3<", "<malignancy>5<", StringComparison.Ordinal));
        // The same length; and the clock of the disk may be coarse.
        File.SetLastWriteTimeUtc(xml, written.AddSeconds(1));
        var summary = Run();
        Assert.Equal(2, summary.Unchanged);
        Assert.Equal([3.0, 5, 3], NoduleDataset.Open(_scratch.PathOf("out")).Nodules.Select(nodule => nodule.Malignancy));
    }

    [Fact]
    public void Run_DamagedOutput_IsMadeAgain()
    {
        var nodules = Run().Nodules;
        File.WriteAllBytes(_scratch.PathOf("out", nodules[0].File), [1, 2, 3]);
        File.Delete(_scratch.PathOf("out", nodules[1].File));
        var record = Directory.GetFiles(_scratch.PathOf("out", "scans")).Single(path => File.ReadAllText(path).Contains("\"C/", StringComparison.Ordinal));
        File.WriteAllText(record, "{");
        Assert.Equal(0, Run().Unchanged);
        Assert.Equal(3, NoduleDataset.Open(_scratch.PathOf("out")).Nodules.Count);
    }

    [Fact]
    public void Run_RemovedScan_LeavesTheDataset()
    {
        Run();
        Directory.Delete(_scratch.PathOf("in", "B"), recursive: true);
        File.WriteAllText(_scratch.PathOf("out", "nodules", "left-over.tmp"), "");
        Assert.Equal(2, Run().Scans);
        Assert.Equal(2, Directory.GetFiles(_scratch.PathOf("out", "nodules")).Length);
        Assert.Equal(2, Directory.GetFiles(_scratch.PathOf("out", "scans")).Length);
    }

    [Fact]
    public void Run_IntoAFolderOfSomethingElse_IsRefused()
    {
        _scratch.Write("out/thesis.txt", [1]);
        Refusal.Assert(() => Run(), "holds files but no 'scans'; must be new, empty, or the folder of an earlier import");
        Assert.Equal([_scratch.PathOf("out", "thesis.txt")], Directory.GetFileSystemEntries(_scratch.PathOf("out")));
    }

    [Fact]
    public void Run_WhileAnotherWrites_IsRefused()
    {
        var refused = 0;
        LidcImport.Run(Options, progress =>
        {
            if (progress.Done == 1)
            {
                Assert.Throws<IOException>(() => Run());
                refused++;
            }
        });
        Assert.Equal(1, refused);
    }

    private LidcImportOptions Options => new() { Folder = _scratch.PathOf("in"), Output = _scratch.PathOf("out"), Threads = 1 };

    private static TestScan Scan(string patient) => new()
    {
        Patient = patient, Series = $"1.{patient}", Side = 32, Slices = 8, Readings = [TestReading.Sphere(0, 1, 2, 0, 4)],
    };

    private ImportSummary Run() => LidcImport.Run(Options);

    /// <summary>Names and contents of everything that was written.</summary>
    private List<(string Name, string Content)> Snapshot() =>
        [.. Directory.GetFiles(_scratch.PathOf("out"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => (Path.GetRelativePath(_scratch.FullName, path), Convert.ToHexString(File.ReadAllBytes(path))))];
}
