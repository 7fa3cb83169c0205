using System.Security.Cryptography;
using System.Xml.Linq;
using Cdam.Training.Lidc.Phantoms;
using Cdam.Training.Lidc.Phantoms.Files;
using Cdam.Training.Lidc.Phantoms.Readings;

namespace Cdam.Training.Tests.Lidc.Phantoms;

public sealed class PhantomGeneratorTests(PhantomFolder folder) : IClassFixture<PhantomFolder>
{
    private static readonly XNamespace Lidc = "http://www.nih.gov";

    [Fact]
    public void Write_LayoutIsThatOfLidc()
    {
        Assert.Equal(
            ["LIDC-IDRI-0001", "LIDC-IDRI-0002", "truth.json"],
            Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).Order());
        var study = Assert.Single(Directory.EnumerateFileSystemEntries(Path.Combine(folder.Path, "LIDC-IDRI-0001")));
        var series = Assert.Single(Directory.EnumerateFileSystemEntries(study));
        Assert.Single(Directory.EnumerateFiles(series, "*.xml"));
        Assert.InRange(Directory.EnumerateFiles(series, "*.dcm").Count(), 40, 80);
        var elements = DicomText.Parse(File.ReadAllBytes(Directory.EnumerateFiles(series, "*.dcm").First()));
        Assert.Equal(Path.GetFileName(study), DicomText.Text(elements[0x0020000D]));
        Assert.Equal(Path.GetFileName(series), DicomText.Text(elements[0x0020000E]));
    }

    /// <summary>
    /// The same bytes on any machine: the start of a hash that was taken on one. Where the generator is changed on purpose, raise the
    /// definition in ScanUids and pin the new hash.
    /// </summary>
    [Fact]
    public void Write_SameSeed_GivesTheSameBytesEverywhere()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, content) in PhantomFolder.Contents(folder.Path))
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(name.Replace('\\', '/')));
            hash.AppendData(content);
        }

        Assert.Equal("602eed8138d03952", Convert.ToHexStringLower(hash.GetHashAndReset())[..16]);
    }

    [Fact]
    public async Task Write_Again_KeepsWhatIsCompleteAndMakesTheRest()
    {
        using var copy = new CopiedFolder(folder.Path);
        var (kept, lost) = (Path.Combine(copy.Path, "LIDC-IDRI-0001"), Path.Combine(copy.Path, "LIDC-IDRI-0002"));
        Directory.Delete(lost, recursive: true);
        Directory.CreateDirectory(Path.Combine(copy.Path, ".LIDC-IDRI-0002.partial", "from an interrupted run"));
        var mark = Path.Combine(kept, "mark");
        await File.WriteAllTextAsync(mark, "", TestContext.Current.CancellationToken);

        var summary = await PhantomGenerator.Write(copy.Path, PhantomFolder.Options, null, TestContext.Current.CancellationToken);

        Assert.Equal((1, 1), (summary.Written, summary.Kept));
        Assert.True(File.Exists(mark));
        File.Delete(mark);
        Assert.Equal(PhantomFolder.Contents(folder.Path), PhantomFolder.Contents(copy.Path));
    }

    [Fact]
    public async Task Write_OtherSeedIntoTheSameFolder_Refused()
    {
        var exception = await Assert.ThrowsAsync<IOException>(
            () => PhantomGenerator.Write(folder.Path, PhantomFolder.Options with { Seed = 4 }, null, TestContext.Current.CancellationToken));

        Assert.Contains("LIDC-IDRI-000", exception.Message, StringComparison.Ordinal);
        Assert.Contains("seed", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_Cancelled_LeavesNoPart()
    {
        using var copy = new CopiedFolder(null);
        using var cancellation = new CancellationTokenSource();
        var progress = new Cancelling(cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => PhantomGenerator.Write(copy.Path, PhantomFolder.Options with { Patients = 500 }, progress, cancellation.Token));

        Assert.All(Directory.EnumerateFileSystemEntries(copy.Path), entry => Assert.Matches("LIDC-IDRI-[0-9]{4}$", Path.GetFileName(entry)));
        Assert.All(
            Directory.EnumerateDirectories(copy.Path),
            patient => Assert.Single(Directory.EnumerateFiles(patient, "*.xml", SearchOption.AllDirectories)));
    }

    [Theory]
    [InlineData(0, 256, "patients is 0")]
    [InlineData(10000, 256, "patients is 10000")]
    [InlineData(1, 191, "matrix is 191")]
    [InlineData(1, 513, "matrix is 513")]
    public async Task Write_OptionOutOfRange_Refused(int patients, int matrix, string message) =>
        Assert.Contains(
            message,
            (await Assert.ThrowsAsync<ArgumentException>(() => PhantomGenerator.Write(
                folder.Path, new PhantomOptions { Patients = patients, Seed = 0, Matrix = matrix }, null, TestContext.Current.CancellationToken))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Truth_Read_IsWhatTheGeneratorSaid()
    {
        var truth = TruthFile.Read(folder.Path);

        Assert.Equal((3ul, 192), (truth.Seed, truth.Matrix));
        Assert.Equivalent(folder.Summary.Nodules, truth.Patients.SelectMany(patient => patient.Nodules), strict: true);
        Assert.All(truth.Patients, patient => Assert.InRange(patient.Nodules.Count, 1, 4));
        Assert.All(folder.Summary.Nodules, nodule => Assert.InRange(nodule.Readings, 1, 4));
    }

    /// <summary>What was drawn is what stands in the file: ratings, contours, and slices by their identifiers.</summary>
    [Fact]
    public void Annotations_HoldTheReadings()
    {
        var patient = PhantomPatient.Draw(PhantomFolder.Options, 1);
        var readings = ScanReadings.Of(patient);
        var file = XDocument.Load(Directory.EnumerateFiles(Path.Combine(folder.Path, patient.Name), "*.xml", SearchOption.AllDirectories).Single());
        var sessions = file.Root!.Elements(Lidc + "readingSession").ToList();

        Assert.Equal(Lidc + "LidcReadMessage", file.Root.Name);
        Assert.Equal(new ScanUids(patient.Options, 1).Series, file.Root.Element(Lidc + "ResponseHeader")!.Element(Lidc + "SeriesInstanceUid")!.Value);
        Assert.Equal(4, sessions.Count);
        foreach (var (written, session) in readings.Sessions.Zip(sessions))
        {
            AssertSame(patient, written, session);
        }
    }

    private static void AssertSame(PhantomPatient patient, ReadingSession written, XElement session)
    {
        var nodules = session.Elements(Lidc + "unblindedReadNodule").ToLookup(nodule => nodule.Element(Lidc + "characteristics") is not null);
        Assert.Equal(written.Nodules.Count, nodules[true].Count());
        Assert.Equal(written.SmallNodules.Count, nodules[false].Count());
        Assert.Equal(written.NonNodules.Count, session.Elements(Lidc + "nonNodule").Count());
        Assert.All(nodules[false], small => Assert.Single(small.Descendants(Lidc + "edgeMap")));
        foreach (var (reading, nodule) in written.Nodules.Zip(nodules[true]))
        {
            Assert.Equal(reading.Characteristics.Malignancy, (int)nodule.Element(Lidc + "characteristics")!.Element(Lidc + "malignancy")!);
            Assert.Equal(reading.Characteristics.Calcification, (int)nodule.Element(Lidc + "characteristics")!.Element(Lidc + "calcification")!);
            var contours = ContourTracer.Trace(reading.Mask);
            Assert.Equal(
                contours.Select(contour => patient.Grid.Z(contour.Slice)),
                nodule.Elements(Lidc + "roi").Select(roi => (double)roi.Element(Lidc + "imageZposition")!));
            Assert.Equal(
                contours.SelectMany(contour => contour.Points),
                nodule.Descendants(Lidc + "edgeMap").Select(edge => ((int)edge.Element(Lidc + "xCoord")!, (int)edge.Element(Lidc + "yCoord")!)));
        }
    }

    private sealed class Cancelling(CancellationTokenSource cancellation) : IProgress<string>
    {
        public void Report(string value) => cancellation.Cancel();
    }
}
