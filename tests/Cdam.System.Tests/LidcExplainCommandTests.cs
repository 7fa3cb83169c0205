using System.Runtime.InteropServices;
using System.Text.Json;
using Cdam.Attribution.Checkpoints;
using Cdam.Attribution.Models;
using Cdam.Attribution.Volumes;
using Cdam.Cli.Lidc;
using Cdam.System.Tests.Serving;

namespace Cdam.System.Tests;

public sealed class LidcExplainCommandTests : IDisposable
{
    private const int NpyHeader = 128;
    private static readonly string[] Views = ["axial", "coronal", "sagittal"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Explain_OfACropAndItsVolume_WritesEveryViewAndTheSameNumbers()
    {
        var volume = Volume(60, 70, 80);
        var centre = new Xyz(41.5, 33.25, 30.75);
        var crop = Write("crop", ("crop", [32, 32, 32], VolumeCropper.Crop(volume, centre).Voxels.ToArray()));
        var scan = Write("scan", ("volume", [60, 70, 80], volume.Voxels.ToArray()), ("spacing", [3], new[] { 0.75f, 0.5f, 1.5f }), ("centre", [3], new[] { 41.5f, 33.25f, 30.75f }));
        var result = await CommandLine.Cdam("lidc", "explain", crop, scan, "--model", Model(ModelKind.Biomarker), "--target", "diameter", "--out", Output);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("2 of 2 nodules explained", result.Output, StringComparison.Ordinal);
        string[] files =
        [
            .. Views.SelectMany(view => (string[])[$"cdam.{view}.5-diameter.heat.png", $"cdam.{view}.5-diameter.npy", $"cdam.{view}.5-diameter.overlay.png", $"{view}.png"]),
            "explanation.json",
        ];
        Assert.Equal(files.Order(StringComparer.Ordinal), Directory.GetFiles(Path.Combine(Output, "crop")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

        // The neighbourhood is cut from the volume before it is sent, and the crop from that on the server: the same crop, bit for bit.
        Assert.All(files[..^1], file => Assert.Equal(File.ReadAllBytes(Path.Combine(Output, "crop", file)), File.ReadAllBytes(Path.Combine(Output, "scan", file))));
        using var summary = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Output, "scan", "explanation.json")));
        var diameter = summary.RootElement.GetProperty("outputs")[5];
        Assert.Equal(("diameter", "mm"), (diameter.GetProperty("name").GetString(), diameter.GetProperty("unit").GetString()));
        var views = Views.Select(view => diameter.GetProperty("views").GetProperty(view).GetSingle()).ToArray();
        Assert.Equal(views.Average(), diameter.GetProperty("value").GetSingle(), 1e-4); // printed digits of float32 at about 10
        Assert.Equal(views[1], summary.RootElement.GetProperty("maps")[1].GetProperty("target").GetProperty("view_value").GetSingle());
    }

    [Fact]
    public async Task Explain_WithACentreOfOnesOwn_PrefersIt()
    {
        var volume = Volume(40, 40, 40);
        var scan = Write("scan", ("volume", [40, 40, 40], volume.Voxels.ToArray()), ("spacing", [3], new[] { 0.75f, 0.5f, 1.5f }), ("centre", [3], new[] { 20f, 20f, 20f }));
        var other = Write("other", ("volume", [40, 40, 40], volume.Voxels.ToArray()), ("spacing", [3], new[] { 0.75f, 0.5f, 1.5f }), ("centre", [3], new[] { 12.5f, 20f, 20f }));
        var result = await CommandLine.Cdam("lidc", "explain", scan, other, "--centre", "12.5,20,20", "--model", Model(ModelKind.Malignancy), "--out", Output);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.All(
            Directory.GetFiles(Path.Combine(Output, "scan"), "*.npy"),
            file => Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(Output, "other", Path.GetFileName(file)))));
    }

    [Fact]
    public async Task Explain_AtAServer_WritesWhatItWritesHere()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends a signal");
        var crop = Write("crop", ("crop", [32, 32, 32], VolumeCropper.Crop(Volume(40, 40, 40), new Xyz(20, 20, 20)).Voxels.ToArray()));
        string[] explain = ["lidc", "explain", crop, "--model", "nodule-biomarkers", "--target", "diameter", "--out"];
        await using var served = await ServedProcess.Start("--listen", "http://127.0.0.1:0", "--model", "nodule-biomarkers", "--device", "cpu");

        var there = await CommandLine.Cdam([.. explain, Path.Combine(Output, "there"), "--server", served.Gateway]);
        var here = await CommandLine.Cdam([.. explain, Path.Combine(Output, "here")]);

        Assert.True(there.ExitCode == 0, there.ToString());
        Assert.True(here.ExitCode == 0, here.ToString());
        foreach (var view in Views)
        {
            var (expected, found) = (Scores("here", view), Scores("there", view));

            // Of two processes: roundings of 1e-7 of the largest score, and digits that cancel.
            Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * expected.Max(Math.Abs)));
        }

        float[] Scores(string place, string view) =>
            [.. MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(Output, place, "crop", $"cdam.{view}.5-diameter.npy")).AsSpan(NpyHeader))];
    }

    [Fact]
    public async Task Explain_OfFilesAtFault_NamesEachAndGoesOn()
    {
        var good = Write("good", ("crop", [32, 32, 32], new short[32768]));
        var floats = Write("floats", ("crop", [32, 32, 32], new float[32768]));
        var small = Write("small", ("crop", [32, 32, 31], new short[32 * 32 * 31]));
        var bare = Write("bare", ("voxels", [1], new short[1]));
        var placeless = Write("placeless", ("volume", [2, 2, 2], new short[8]), ("spacing", [3], new[] { 1f, 1, 1 }));
        var outside = Write("outside", ("volume", [2, 2, 2], new short[8]), ("spacing", [3], new[] { 1f, 1, 1 }), ("centre", [3], new[] { 9f, 0, 0 }));
        var result = await CommandLine.Cdam(["lidc", "explain", floats, small, bare, placeless, outside, good, "--model", Model(ModelKind.Malignancy), "--out", Output]);
        Assert.Equal(1, result.ExitCode);
        var error = string.Concat(result.Error.Where(letter => letter != '\n'));
        Assert.All(
            (string[])["\"crop\" is Float32", "must be Int16 of shape [32, 32, 32]", "[32, 32, 31]", "neither a tensor \"crop\" nor \"volume\"", "\"centre\" is absent", "centre.x: is 9"],
            part => Assert.True(error.Contains(part, StringComparison.Ordinal), $"'{part}' is not in: {error}"));
        Assert.Contains("1 of 6 nodules explained", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1,2")]
    [InlineData("1,two,3")]
    [InlineData("1,2,3,4")]
    [InlineData("1,2,NaN")]
    public void Centre_NotThreeNumbers_IsRefused(string text) =>
        Assert.Contains("must be three numbers, X,Y,Z", Assert.Throws<ArgumentException>(() => CentreArgument.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Centre_ThreeNumbers_AreXYZ() => Assert.Equal(new Xyz(1.5, -2, 300), CentreArgument.Parse("1.5, -2,3e2"));

    private string Output => Path.Combine(_folder.Path, "out");

    private string Model(ModelKind kind)
    {
        var path = Path.Combine(_folder.Path, "lung");
        RandomModel.WriteLung(path, "lung", SmallBackbone.Reference, kind, seed: 1);
        return path;
    }

    private static CtVolume Volume(int depth, int height, int width)
    {
        var voxels = Enumerable.Range(0, depth * height * width).Select(i => (short)(i / 7 % 1300 - 950)).ToArray();
        return new CtVolume(depth, height, width, voxels, new Xyz(0.75, 0.5, 1.5));
    }

    private string Write(string name, params (string Name, long[] Shape, Array Values)[] tensors)
    {
        var path = Path.Combine(_folder.Path, $"{name}.safetensors");
        SafetensorsWriter.Write(path, [.. tensors.Select(tensor => tensor.Values is short[] units
            ? new SafetensorsEntry(tensor.Name, TensorType.Int16, tensor.Shape, MemoryMarshal.AsBytes(units.AsSpan()).ToArray())
            : new SafetensorsEntry(tensor.Name, TensorType.Float32, tensor.Shape, MemoryMarshal.AsBytes(((float[])tensor.Values).AsSpan()).ToArray()))]);
        return path;
    }
}
