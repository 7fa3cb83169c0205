using Cdam.Training.Lidc;
using Cdam.Training.Tests.Lidc;

namespace Cdam.System.Tests;

public sealed class LidcCommandTests
{
    [Fact]
    public async Task Import_WithADamagedScan_ImportsTheRestAndNamesIt()
    {
        using var folder = new TemporaryFolder();
        var input = Path.Combine(folder.Path, "LIDC-IDRI");
        Scan("LIDC-IDRI-0001").Write(input);
        var damaged = Scan("LIDC-IDRI-0002").Write(input);
        File.WriteAllText(Path.Combine(damaged, "000.dcm"), "no DICOM");
        var output = Path.Combine(folder.Path, "nodules");

        var result = await CommandLine.Cdam("lidc", "import", input, "--out", output, "--threads", "1");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("2 of 2 folders, 1 nodules, 1 skipped", result.Error, StringComparison.Ordinal);
        Assert.Contains("skipped LIDC-IDRI-0002/1.1/1.LIDC-IDRI-0002: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("000.dcm: has 8 bytes; a DICOM file has at least 132", result.Output, StringComparison.Ordinal);
        var nodule = Assert.Single(NoduleDataset.Open(output).Nodules);
        Assert.Equal(("LIDC-IDRI-0001", NoduleLabel.Malignant, 2), (nodule.Patient, nodule.Label!.Value, nodule.Readings));
    }

    [Fact]
    public async Task Import_OfNothingUsable_FailsWithExitCodeOne()
    {
        using var folder = new TemporaryFolder();
        var input = Path.Combine(folder.Path, "LIDC-IDRI");
        (Scan("LIDC-IDRI-0001") with { IsAnnotated = false }).Write(input);
        var result = await CommandLine.Cdam("lidc", "import", input, "--out", Path.Combine(folder.Path, "nodules"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("has no XML file with a LidcReadMessage", result.Output, StringComparison.Ordinal);

        result = await CommandLine.Cdam("lidc", "import", Path.Combine(folder.Path, "absent"), "--out", Path.Combine(folder.Path, "nodules"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("absent: is not a folder; must be one that holds scans", result.Error, StringComparison.Ordinal);
    }

    private static TestScan Scan(string patient) => new()
    {
        Patient = patient,
        Series = $"1.{patient}",
        Side = 32,
        Slices = 8,
        Readings = [TestReading.Sphere(0, 1, 2, 0, 4, malignancy: 4), TestReading.Sphere(1, 1, 2, 0, 4, malignancy: 5)],
    };
}
