using System.Diagnostics;
using Cdam.Training.Lidc;
using Cdam.Training.Lidc.Dicom;
using Cdam.Training.Lidc.Volumes;

namespace Cdam.Training.Tests.Lidc.Dicom;

/// <summary>Reads files of dcmtk and pydicom: writers that share no code with the reader or its tests.</summary>
public sealed class OtherWritersTests : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(1);

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Dcmtk_BothSyntaxesAndKindsOfSequences_AreRead()
    {
        var original = Dump2Dcm();
        foreach (var (name, arguments) in new (string, string[])[]
        {
            ("explicit, sequences by length", ["+te", "+e"]), ("explicit, sequences by delimiter", ["+te", "-e"]),
            ("implicit, sequences by length", ["+ti", "+e"]), ("implicit, sequences by delimiter", ["+ti", "-e"]),
        })
        {
            var converted = _scratch.PathOf("converted.dcm");
            Run("dcmconv", [.. arguments, original, converted]);
            var image = CtImageReader.Read(converted)!;
            Assert.Equal((name, 3, 2), (name, image.Rows, image.Columns));
            Assert.Equal((0.5, 0.75), (image.SpacingX, image.SpacingY));
            Assert.Equal(new Vector3D(-10, -20, -30.5), image.Position);
            Assert.Equal(("1.2.3.1", "LIDC-IDRI-0001"), (image.SopInstanceUid, image.PatientId));
            Assert.Equal([-1024, -1023, 976, 31743, -3024, -1025], Pixels(image));
        }
    }

    [Theory]
    [InlineData("dcmcrle", "", "RLE Lossless")]
    [InlineData("dcmconv", "+tb", "Explicit VR Big Endian")]
    [InlineData("dcmconv", "+td", "Deflated Explicit VR Little Endian")]
    [InlineData("dcmcjpeg", "+e1", "JPEG Lossless, First-Order Prediction (Process 14, Selection Value 1)")]
    [InlineData("dcmcjpls", "", "JPEG-LS Lossless")]
    public void Dcmtk_OtherSyntaxes_AreRefusedByName(string program, string option, string name)
    {
        var original = Dump2Dcm();
        var converted = _scratch.PathOf("converted.dcm");
        Run(program, option.Length > 0 ? [option, original, converted] : [original, converted]);
        var refusal = Assert.Throws<LidcException>(() => CtImageReader.Read(converted));
        Assert.Contains($"(0002,0010) Transfer Syntax UID is {name} (1.2.840.10008.1.2.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pydicom_SequencesPrivateAndUnknownElements_AreRead()
    {
        Assert.SkipUnless(File.Exists(Python) && TryRun(Python, ["-c", "import pydicom"]).ExitCode == 0, "needs Debian's python3-pydicom");
        Run(Python, [Repository.PathOf("tests", "Cdam.Training.Tests", "Lidc", "Dicom", "write_slices.py"), _scratch.FullName]);
        foreach (var name in new[] { "explicit", "implicit" })
        {
            var image = CtImageReader.Read(_scratch.PathOf($"{name}.dcm"))!;
            Assert.Equal((2, 3, 41), (image.Rows, image.Columns, image.InstanceNumber));
            Assert.Equal(new Vector3D(-125.5, 3.25, -1e-7), image.Position);
            Assert.Equal([-2024, 0, 76, 1024, 2047, -1024], Pixels(image));
        }

        Assert.Null(CtImageReader.Read(_scratch.PathOf("radiograph.dcm")));
    }

    private string Dump2Dcm()
    {
        Assert.SkipUnless(OnPath("dump2dcm") && OnPath("dcmconv") && OnPath("dcmcrle"), "needs Debian's dcmtk");
        var dump = _scratch.Write("slice.dump", """
            (0008,0016) UI =CTImageStorage
            (0008,0018) UI [1.2.3.1]
            (0008,0060) CS [CT]
            (0008,1140) SQ
            (fffe,e000) na
            (0008,1150) UI =CTImageStorage
            (0028,0010) US 77
            (0008,1199) SQ
            (fffe,e000) na
            (0008,1155) UI [1.2.3.9]
            (fffe,e00d) na
            (fffe,e0dd) na
            (fffe,e00d) na
            (fffe,e000) na
            (fffe,e00d) na
            (fffe,e0dd) na
            (0009,0010) LO [MAKER]
            (0009,1001) OB 01\02\03
            (0010,0020) LO [LIDC-IDRI-0001]
            (0020,000e) UI [1.2.3]
            (0020,0013) IS [7]
            (0020,0032) DS [-10\-20\-30.5]
            (0020,0037) DS [1\0\0\0\1\0]
            (0028,0002) US 1
            (0028,0004) CS [MONOCHROME2]
            (0028,0010) US 3
            (0028,0011) US 2
            (0028,0030) DS [0.75\0.5]
            (0028,0100) US 16
            (0028,0101) US 16
            (0028,0102) US 15
            (0028,0103) US 1
            (0028,1052) DS [-1024]
            (0028,1053) DS [1]
            (7fe0,0010) OW 0000\0001\07d0\7fff\f830\ffff
            """u8.ToArray());
        var slice = _scratch.PathOf("slice.dcm");
        Run("dump2dcm", ["+te", dump, slice]);
        return slice;
    }

    private static short[] Pixels(CtImage image)
    {
        var pixels = new short[image.Rows * image.Columns];
        CtImageReader.ReadPixels(image, pixels);
        return pixels;
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static void Run(string program, string[] arguments)
    {
        var (exitCode, error) = TryRun(program, arguments);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)}: {error}");
    }

    private static (int ExitCode, string Error) TryRun(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Budget))
        {
            process.Kill(entireProcessTree: true);
        }

        return (process.ExitCode, error.Result + output.Result);
    }
}
