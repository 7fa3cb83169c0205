using Cdam.Attribution.Models;
using Cdam.Attribution.Preprocessing;
using Cdam.Attribution.Volumes;
using Cdam.Explainer.Tests.Running;
using Cdam.V1;

namespace Cdam.Explainer.Tests.Volumes;

public sealed class VolumeExplainTests(SharedLungExplainer shared)
{
    private static readonly View[] Views = [View.Axial, View.Coronal, View.Sagittal];
    private readonly ExplainerService.ExplainerServiceClient _client = shared.Host.Client;

    [Fact]
    public async Task Explain_ACrop_GivesOfEachViewWhatItsPreparedTensorGives()
    {
        var request = Nodules.Explain(LungModels.Biomarkers, Nodules.OfCrop);
        request.Targets.Add(new Target { All = true });
        request.Methods.Add([new MethodSpec { Name = "cdam" }, new MethodSpec { Name = "smooth-cdam", SampleCount = 2 }, new MethodSpec { Name = "attention" }]);
        var whole = await _client.ExplainAsync(request);
        Assert.Equal(Views.SelectMany(view => Enumerable.Repeat(view, 17)), whole.Maps.Select(map => map.View));
        Assert.Equal(Views, whole.ViewLogits.Select(logits => logits.View));
        var slices = shared.Host.Model("biomarkers").Engine.Slices!;
        foreach (var (view, index) in Enum.GetValues<SliceView>().Select((view, index) => (view, index)))
        {
            var input = slices.Prepare(Nodules.Cut.Slice(view, 16)).Input;
            request.Image = new Image { Tensor = Requests.FloatTensor(input.Normalized!, 3, 40, 40) };
            var alone = await _client.ExplainAsync(request);
            ReferenceArrays.AssertClose(alone.Logits, whole.ViewLogits[index].Logits);
            foreach (var (expected, actual) in alone.Maps.Zip(whole.Maps.Skip(17 * index)))
            {
                Assert.Equal((expected.Method, expected.Rows, expected.Target?.OutputIndex), (actual.Method, actual.Rows, actual.Target?.OutputIndex));
                ReferenceArrays.AssertClose(expected.Scores, actual.Scores);
                Assert.Equal(expected.Target is not null, actual.HasViewValue);
                Assert.False(expected.HasViewValue);
                Assert.Equal(View.Unspecified, expected.View);
            }
        }
    }

    [Fact]
    public async Task Explain_ACrop_MeansAreOverTheViewsAndValuesInClinicalUnits()
    {
        var response = await _client.ExplainAsync(Nodules.Explain(LungModels.Biomarkers, Nodules.OfCrop));

        // No target: every biomarker, since none is the top where units differ.
        Assert.Equal(24, response.Maps.Count);
        for (var output = 0; output < 8; output++)
        {
            Assert.Equal((float)response.ViewLogits.Average(view => (double)view.Logits[output]), response.Logits[output]);
            Assert.Equal(response.Logits[output], response.Maps[output].Target.Value);
            Assert.Equal(response.ViewLogits[1].Logits[output], response.Maps[8 + output].ViewValue);
        }

        // The head's own outputs are standardised, of size 1: in units they lie a few deviations around the means.
        var model = (await _client.GetModelAsync(new GetModelRequest { Name = LungModels.Biomarkers })).Model;
        var scales = shared.Host.Model("biomarkers").Engine.Manifest.OutputScale!;
        Assert.Equal(Biomarkers.Names, model.Outputs.Select(output => output.Names[0]));
        Assert.Equal(["rating 1 to 5", "rating 1 to 6", "mm"], new[] { 0, 1, 5 }.Select(index => model.Outputs[index].Unit));
        Assert.All(response.Logits.Zip(scales), pair => Assert.InRange((pair.First - pair.Second.Mean) / pair.Second.Std, -4, 4));
        Assert.Equal(new VolumeInput { HuMin = -1000, HuMax = 400, Mean = -600, Std = 400, Side = 40, Slice = 16 }, model.VolumeInput);
    }

    [Fact]
    public async Task Explain_VolumeCropAndSlices_GiveTheSame()
    {
        // The volume is cut to the very crop, whole units and all: bit for bit.
        var crop = await _client.ExplainAsync(Nodules.Explain(LungModels.Malignancy, Nodules.OfCrop));
        foreach (var image in (Image[])[Nodules.OfVolume, Nodules.OfSlices])
        {
            var other = await _client.ExplainAsync(Nodules.Explain(LungModels.Malignancy, image));
            Assert.Equal(crop.Logits, other.Logits);
            Assert.Equal(crop.Maps, other.Maps);
        }

        Assert.Equal([("malignancy", View.Axial), ("malignancy", View.Coronal), ("malignancy", View.Sagittal)], crop.Maps.Select(map => (map.Target.DisplayName, map.View)));
        Assert.Single(crop.Logits);
    }

    [Fact]
    public async Task Explain_AVolumeWithPictures_ShowsEachView()
    {
        var request = Nodules.Explain(LungModels.Malignancy, Nodules.OfVolume);
        request.MapOptions = new MapOptions { IncludeHeatMap = true, IncludeOverlay = true, IncludePreparedImage = true, IncludeHeads = true };
        var response = await _client.ExplainAsync(request);
        Assert.Null(response.PreparedImage);
        Assert.Equal(Views, response.PreparedViews.Select(view => view.View));
        var slices = shared.Host.Model("malignancy").Engine.Slices!;
        Assert.All(response.PreparedViews.Zip(Enum.GetValues<SliceView>()), pair =>
        {
            Assert.Equal(slices.Prepare(Nodules.Cut.Slice(pair.Second, 16)).Prepared.Picture.Rgb, pair.First.Image.Picture.Rgb.ToByteArray());
            Assert.Equal((32, 32), (pair.First.Image.SourceWidth, pair.First.Image.SourceHeight));
        });
        Assert.All(response.Maps, map => Assert.Equal(32, ImageDecoder.Decode(map.OverlayPng.Memory, new ImageLimits()).Width));
        Assert.Equal(3, response.Maps.Select(map => map.OverlayPng).Distinct().Count());
        Assert.All(response.Maps, map => Assert.Equal([3, 4, 4], map.HeadRelevance.Shape));
    }

    [Fact]
    public async Task Explain_APreparedViewAsAPicture_ComesNearTheView()
    {
        var request = Nodules.Explain(LungModels.Malignancy, Nodules.OfVolume);
        request.MapOptions = new MapOptions { IncludePreparedImage = true };
        var whole = await _client.ExplainAsync(request);
        var picture = new Image { Picture = whole.PreparedViews[2].Image.Picture };
        var alone = await _client.ExplainAsync(Nodules.Explain(LungModels.Malignancy, picture));

        // 8 bits of grey against float32: half a level is 0.007 deviations here, and no layer of these networks magnifies it tenfold.
        Assert.Equal(whole.ViewLogits[2].Logits[0], alone.Logits[0], 0.07);
        Assert.Empty(alone.ViewLogits);
        Assert.Empty(alone.PreparedViews);
    }

    [Fact]
    public async Task Explain_AVolume_IsOneBatchOfThree()
    {
        var response = await _client.ExplainAsync(Nodules.Explain(LungModels.Malignancy, Nodules.OfVolume));
        Assert.Equal(3, response.Timings.BatchSize);
        await using var host = await RunningExplainer.StartAsync(LungModels.Write, "--Explainer:MaxBatchSize=1");
        var alone = await host.Client.ExplainAsync(Nodules.Explain(LungModels.Malignancy, Nodules.OfVolume));
        Assert.Equal((3, 3), (alone.Timings.BatchSize, alone.Maps.Count));
    }
}
