using Cdam.Evaluator.Tests.LinearModel;
using Cdam.Evaluator.Tests.Store;
using Cdam.V1;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace Cdam.Evaluator.Tests.Sessions;

public sealed class MaskTests
{
    private const int Pixels = LinearPicture.Width * LinearPicture.Height;

    private static readonly string[] Metrics = ["positive_mass_inside", "pointing_game", "roc_area"];

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.Postgres)]
    public async Task Masks_OfUploads_AreMeasuredImageByImageAndReported(string store)
    {
        const int Images = 3;
        await using var system = await BenchmarkFixture.StartOnAsync(store);
        var settings = await SettingsAsync(system, Enumerable.Range(0, Images).Select(Masked));

        var name = await system.StartBenchmarkAsync(settings);
        var events = await system.EventsAsync(name);

        var measured = events.Select(step => step.ImageMeasured).OfType<ImageMeasured>().OrderBy(image => image.Position).ToList();
        Assert.Equal(Images, measured.Count);
        foreach (var image in measured)
        {
            var expected = Expected(image.Position);
            Assert.Equal(Metrics, image.Results.Single().Values.Select(value => value.Metric));

            // The same sums in another order.
            Assert.All(image.Results.Single().Values.Zip(expected), pair => Assert.Equal(pair.Second, pair.First.Value, 1e-6));
            Assert.Equal(0, image.ForwardPasses); // maps and masks are all it takes
        }

        var table = events[^1].Finished.Table;
        Assert.Equal(Metrics, table.Metrics.Select(metric => metric.Name));
        Assert.Equal(Enumerable.Range(0, Images).Average(image => Expected(image)[2]), table.Rows.Single().Means[2].Mean, 1e-6);
        using var report = system.Client.GetReport(new GetReportRequest { Name = name, Format = ReportFormat.Csv });
        var csv = string.Concat(await report.ResponseStream.ReadAllAsync().Select(part => part.Content.ToStringUtf8()).ToListAsync());
        Assert.StartsWith("position,image,target,method,positive_mass_inside,pointing_game,roc_area\r\n", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_OfBothKinds_LeaveEachOtherAlone()
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var settings = await SettingsAsync(system, [Masked(0)]);
        settings.Metrics.Add("a_mif");

        var both = (await system.EventsAsync(await system.StartBenchmarkAsync(settings)))[1].ImageMeasured;
        settings.Metrics.Clear();
        settings.Metrics.Add("a_mif");
        var one = (await system.EventsAsync(await system.StartBenchmarkAsync(settings)))[1].ImageMeasured;

        Assert.Equal(one.Results[0].Values.Single().Value, both.Results[0].Values.Single(value => value.Metric == "a_mif").Value);
        Assert.Equal(4, both.Results[0].Values.Count);
    }

    [Fact]
    public async Task Mask_OfNothing_LeavesTheMetricsUndefined()
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var image = Masked(0);
        image.Masks[0].Packed.Bits = ByteString.CopyFrom(new byte[Pixels / 8]);
        var settings = await SettingsAsync(system, [image, Masked(1)]);

        var finished = (await system.EventsAsync(await system.StartBenchmarkAsync(settings)))[^1].Finished;

        Assert.All(finished.Table.Rows.Single().Means, mean => Assert.Equal(1, mean.ImageCount));
    }

    [Fact]
    public async Task Start_OfAMaskMetric_NeedsAMaskInEveryImage()
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var settings = await SettingsAsync(system, [Masked(0), BenchmarkFixture.Picture(1)]);

        var fault = await Assert.ThrowsAsync<RpcException>(() => system.StartBenchmarkAsync(settings));

        var violation = fault.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Single();
        Assert.Equal(("settings.metrics[0]", "'positive_mass_inside' needs a mask of the object in every image; 'picture 1' has none."),
            (violation.Field, violation.Description));
    }

    [Fact]
    public async Task Mask_OfAnEncodedImage_MustHaveItsSize()
    {
        await using var system = await BenchmarkFixture.StartAsync();
        UploadImagesRequest[] images = [Masked(0), Masked(1)];
        foreach (var image in images)
        {
            image.Image = new Image { Encoded = image.Image.Picture.Rgb }; // the linear model's file format
        }

        images[1].Masks[0].Packed = new PackedMask { Width = 8, Height = 8, Bits = ByteString.CopyFrom(new byte[8]) };

        var events = await system.EventsAsync(await system.StartBenchmarkAsync(await SettingsAsync(system, images)));

        Assert.Equal("picture 0", Assert.Single(events, step => step.ImageMeasured is not null).ImageMeasured.Name);
        var failed = Assert.Single(events, step => step.ImageFailed is not null).ImageFailed;
        Assert.Contains("masks[0]: 8 × 8 pixels; the image has 24 × 16", failed.Error.Message, StringComparison.Ordinal);
    }

    /// <summary>An image with a disc on it.</summary>
    private static UploadImagesRequest Masked(int number)
    {
        var image = BenchmarkFixture.Picture(number);
        var bits = new byte[Pixels / 8];
        foreach (var pixel in Enumerable.Range(0, Pixels).Where(pixel => IsInside(number, pixel)))
        {
            bits[pixel / 8] |= (byte)(128 >> (pixel % 8));
        }

        image.Masks.Add(new ObjectMask { Packed = new PackedMask { Width = LinearPicture.Width, Height = LinearPicture.Height, Bits = ByteString.CopyFrom(bits) } });
        return image;
    }

    private static bool IsInside(int number, int pixel)
    {
        var (x, y) = ((pixel % LinearPicture.Width) - 8 - (3 * number), (pixel / LinearPicture.Width) - 7);
        return (x * x) + (y * y) < 30;
    }

    private static async Task<BenchmarkSettings> SettingsAsync(BenchmarkFixture system, params IEnumerable<UploadImagesRequest> images) => new()
    {
        Model = "models/linear",
        Source = new BenchmarkSource { ImageSet = (await system.UploadAsync(images)).ImageSet },
        LabelUse = LabelUse.Target,
        Metrics = { Metrics },
    };

    /// <summary>Pixel by pixel, and for the area pair by pair.</summary>
    private static double[] Expected(int number)
    {
        var patches = LinearPicture.PatchScores(number % LinearPicture.Outputs, LinearPicture.Pixels(number));
        var scores = new double[Pixels];
        for (var patch = 0; patch < patches.Length; patch++)
        {
            foreach (var pixel in LinearPicture.PixelsOf(patch))
            {
                scores[pixel] = patches[patch];
            }
        }

        var inside = Enumerable.Range(0, Pixels).Where(pixel => IsInside(number, pixel)).Select(pixel => scores[pixel]).ToList();
        var outside = Enumerable.Range(0, Pixels).Where(pixel => !IsInside(number, pixel)).Select(pixel => scores[pixel]).ToList();
        var pairs = from a in inside from b in outside select a > b ? 1 : a == b ? 0.5 : 0;
        return
        [
            inside.Sum(score => Math.Max(score, 0)) / scores.Sum(score => Math.Max(score, 0)),
            (double)inside.Count(score => score == scores.Max()) / scores.Count(score => score == scores.Max()),
            pairs.Average(),
        ];
    }
}
