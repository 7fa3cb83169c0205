using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Cdam.Training.Lidc.Phantoms;
using Cdam.Training.Lidc.Phantoms.Files;

namespace Cdam.Training.Tests.Lidc.Phantoms;

public sealed class DicomSliceWriterTests
{
    private const int Slice = 3;
    private static readonly float[] Ramp = [.. Enumerable.Range(0, 192 * 192).Select(i => (i % 4200) - 1100f)];

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    public void File_AnyVr_HoldsTheVoxelsAndWhereTheyLie(bool implicitVr, int number)
    {
        var patient = Patient(implicitVr, number);
        var elements = DicomText.Parse(File(patient));

        Assert.Equal(implicitVr ? "1.2.840.10008.1.2" : "1.2.840.10008.1.2.1", Text(elements, 0x00020010));
        Assert.Equal(Text(elements, 0x00020003), Text(elements, 0x00080018));
        Assert.Equal(patient.Name, Text(elements, 0x00100020));
        Assert.Equal(192, BinaryPrimitives.ReadUInt16LittleEndian(elements[0x00280010]));
        Assert.Equal(patient.Grid.Z(Slice), double.Parse(Text(elements, 0x00200032).Split('\\')[2], CultureInfo.InvariantCulture));
        Assert.Equal(patient.Grid.Spacing, double.Parse(Text(elements, 0x00280030).Split('\\')[0], CultureInfo.InvariantCulture));
        Assert.All(
            [elements[0x00200032], elements[0x00200037]],
            value => Assert.All(DicomText.Text(value).Split('\\'), part => Assert.InRange(part.Length, 1, 16)));
        var intercept = int.Parse(Text(elements, 0x00281052), CultureInfo.InvariantCulture);
        Assert.Equal(
            Ramp.Select(hounsfield => (int)Math.Clamp(hounsfield, -1024, 3071)),
            Enumerable.Range(0, Ramp.Length).Select(i => BinaryPrimitives.ReadInt16LittleEndian(elements[0x7FE00010].AsSpan(2 * i)) + intercept));
    }

    [Fact]
    public void Uids_AreLegal_AndDifferByContent()
    {
        var uids = new[] { Patient(false, 1), Patient(true, 1), Patient(false, 2) }
            .Select(patient => new ScanUids(patient.Options, patient.Number))
            .SelectMany(scan => (string[])[scan.Study, scan.Series, scan.FrameOfReference, scan.Annotation, scan.Slice(0), scan.Slice(1)]).ToList();

        Assert.Equal(uids.Count, uids.Distinct().Count());
        Assert.All(uids, uid =>
        {
            Assert.Matches("^2\\.25\\.[1-9][0-9]*$", uid);
            Assert.True(uid.Length <= 64);
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task File_ReadByDcmtk_GivesNoWarning(bool implicitVr)
    {
        var path = Path.GetTempFileName();
        try
        {
            await System.IO.File.WriteAllBytesAsync(path, File(Patient(implicitVr, 1)), TestContext.Current.CancellationToken);
            using var process = Start("dcmdump", path);
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.Equal(0, process.ExitCode);
            Assert.Empty(error);
            Assert.Contains("(7fe0,0010) OW", await output, StringComparison.Ordinal);
            Assert.DoesNotContain("W:", await output, StringComparison.Ordinal);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    private static Process Start(string program, string argument)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, [argument]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{program} is not installed (Debian: dcmtk)");
            throw;
        }
    }

    private static PhantomPatient Patient(bool implicitVr, int number) =>
        PhantomPatient.Draw(new PhantomOptions { Patients = 2, Seed = 1, Matrix = 192, ImplicitVr = implicitVr }, number);

    private static byte[] File(PhantomPatient patient) =>
        new DicomSliceWriter(patient, new ScanUids(patient.Options, patient.Number)).File(Slice, Ramp);

    private static string Text(Dictionary<uint, byte[]> elements, uint tag) => DicomText.Text(elements[tag]);
}
