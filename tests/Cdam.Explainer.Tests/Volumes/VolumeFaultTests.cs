using Cdam.Explainer.Tests.Running;
using Cdam.V1;
using Google.Protobuf;
using Google.Rpc;

namespace Cdam.Explainer.Tests.Volumes;

public sealed class VolumeFaultTests(SharedLungExplainer shared)
{
    private static readonly Dictionary<string, (string Field, Func<Image> Image)> Cases = new()
    {
        ["no depth"] = ("image.volume.depth", () => Broken(volume => volume.Depth = 0)),
        ["negative height"] = ("image.volume.height", () => Broken(volume => volume.Height = -50)),
        ["no width"] = ("image.volume.width", () => Broken(volume => volume.Width = 0)),
        ["too few voxels"] = ("image.volume.voxels", () => Broken(volume => volume.Depth = 25)),
        ["sizes that overflow"] = ("image.volume.voxels", () => Broken(volume => volume.Depth = volume.Height = volume.Width = int.MaxValue)),
        ["half a voxel"] = ("image.volume.voxels", () => Broken(volume => volume.Voxels = ByteString.CopyFrom(new byte[24 * 50 * 54 * 2 - 1]))),
        ["no voxels"] = ("image.volume.voxels", () => Broken(volume => volume.Voxels = ByteString.Empty)),
        ["no spacing"] = ("image.volume.spacing", () => Broken(volume => volume.Spacing = null)),
        ["spacing 0"] = ("image.volume.spacing.z", () => Broken(volume => volume.Spacing.Z = 0)),
        ["negative spacing"] = ("image.volume.spacing.x", () => Broken(volume => volume.Spacing.X = -0.7)),
        ["spacing NaN"] = ("image.volume.spacing.y", () => Broken(volume => volume.Spacing.Y = double.NaN)),
        ["tiny spacing"] = ("image.volume.spacing.y", () => Broken(volume => volume.Spacing.Y = 1e-300)),
        ["no centre"] = ("image.volume.centre", () => Broken(volume => volume.Centre = null)),
        ["centre beyond"] = ("image.volume.centre.x", () => Broken(volume => volume.Centre.X = 54)),
        ["centre before"] = ("image.volume.centre.y", () => Broken(volume => volume.Centre.Y = -1)),
        ["centre NaN"] = ("image.volume.centre.z", () => Broken(volume => volume.Centre.Z = double.NaN)),
        ["short crop"] = ("image.crop.voxels", () => new Image { Crop = new VolumeCrop { Voxels = ByteString.CopyFrom(new byte[65534]) } }),
        ["empty crop"] = ("image.crop.voxels", () => new Image { Crop = new VolumeCrop() }),
        ["no sagittal slice"] = ("image.slices.sagittal", () => Sliced(slices => slices.Sagittal = ByteString.Empty)),
        ["long coronal slice"] = ("image.slices.coronal", () => Sliced(slices => slices.Coronal = ByteString.CopyFrom(new byte[2050]))),
        ["odd axial slice"] = ("image.slices.axial", () => Sliced(slices => slices.Axial = ByteString.CopyFrom(new byte[2047]))),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Rejects_BrokenField(string name)
    {
        var request = Nodules.Explain(LungModels.Biomarkers, Cases[name].Image());
        var status = await Faults.FailsAsync(Code.InvalidArgument, async () => await shared.Host.Client.ExplainAsync(request));
        Assert.Equal(Cases[name].Field, Faults.Field(status));
    }

    [Fact]
    public async Task Explain_AVolumeByAModelOfPictures_IsInvalidAndNamesTheSource()
    {
        foreach (var (image, field) in ((Image, string)[])[(Nodules.OfVolume, "volume"), (Nodules.OfCrop, "crop"), (Nodules.OfSlices, "slices")])
        {
            var status = await Faults.FailsAsync(Code.InvalidArgument, async () => await shared.Host.Client.ExplainAsync(Nodules.Explain(LungModels.Scenes, image)));
            Assert.Equal($"image.{field}", Faults.Field(status));
            Assert.Contains("of kind Class", status.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Explain_AWholeScan_IsResourceExhaustedAndNamesTheLimit()
    {
        // A limit that one slice of 512 × 512 exceeds stands for 64 MiB, which a scan of 250 exceeds.
        await using var host = await RunningExplainer.StartAsync(LungModels.Write, "--Explainer:MaxMessageBytes=262144", "--Explainer:MaxImageBytes=65536");
        var volume = Nodules.Volume;
        (volume.Depth, volume.Height, volume.Width, volume.Voxels) = (1, 512, 512, ByteString.CopyFrom(new byte[512 * 512 * 2]));
        var request = Nodules.Explain(LungModels.Malignancy, new Image { Volume = volume });
        var status = await Faults.FailsAsync(Code.ResourceExhausted, async () => await host.Client.ExplainAsync(request));
        Assert.Equal("Explainer:MaxMessageBytes", Faults.Detail<QuotaFailure>(status).Violations[0].Subject);
    }

    private static Image Broken(Action<Volume> change)
    {
        var volume = Nodules.Volume;
        change(volume);
        return new Image { Volume = volume };
    }

    private static Image Sliced(Action<SliceTriple> change)
    {
        var image = Nodules.OfSlices;
        change(image.Slices);
        return image;
    }
}
