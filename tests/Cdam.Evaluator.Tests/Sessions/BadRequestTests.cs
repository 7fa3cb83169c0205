using Cdam.V1;
using Google.Rpc;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;

namespace Cdam.Evaluator.Tests.Sessions;

public sealed class BadRequestTests(SharedSystem shared) : IClassFixture<SharedSystem>
{
    private static CancellationToken Patience => EvaluatorFixture.Patience;

    public static TheoryData<string, string, Action<BenchmarkSettings>> Faults => new()
    {
        { "settings.model", "'linear'", settings => settings.Model = "linear" },
        { "settings.source", "absent", settings => settings.Source = null },
        { "settings.source", "absent", settings => settings.Source = new BenchmarkSource() },
        { "settings.source.image_set", "'sets/1'", settings => settings.Source = new BenchmarkSource { ImageSet = "sets/1" } },
        { "settings.source.folder.path", "empty", settings => settings.Source = new BenchmarkSource { Folder = new ServerFolder() } },
        { "settings.source.folder.path", "roots: .", settings => settings.Source = new BenchmarkSource { Folder = new ServerFolder { Path = "x" } } },
        { "settings.methods", "17", settings => settings.Methods.AddRange(Enumerable.Repeat(new MethodSpec { Name = "cdam" }, 17)) },
        { "settings.methods[0].name", "there are cdam", settings => settings.Methods.Add(new MethodSpec { Name = "magic" }) },
        {
            "settings.methods[1].name", "'cdam' is asked for more",
            settings => settings.Methods.AddRange([new MethodSpec { Name = "cdam" }, new MethodSpec { Name = "CDAM" }])
        },
        { "settings.methods[0].sample_count", "0", settings => settings.Methods.Add(new MethodSpec { Name = "cdam", SampleCount = 0 }) },
        { "settings.metrics[1]", "there are a_mif", settings => settings.Metrics.AddRange(["a_mif", "magic"]) },
        { "settings.metrics[1]", "more than once", settings => settings.Metrics.AddRange(["a_mif", "a_mif"]) },
        { "settings.target.index", "-1", settings => settings.Target = new Target { Index = -1 } },
        { "settings.target.top", "2", settings => settings.Target = new Target { Top = 2 } },
        { "settings.label_use", "9", settings => settings.LabelUse = (LabelUse)9 },
        {
            "settings.target", "beside", settings =>
            {
                settings.LabelUse = LabelUse.Target;
                settings.Target = new Target { Index = 1 };
            }
        },
        { "settings.label_use", "none of the metrics", settings => settings.LabelUse = LabelUse.Pair },
        { "settings.boxes", "none of the metrics", settings => settings.Boxes = new BoxSampling { Sides = { 4, 8 } } },
        { "settings.boxes.sides", "1 sides; 2 to 64", settings => Boxes(settings, 4) },
        { "settings.boxes.sides[0]", "0; at least 1", settings => Boxes(settings, 0, 4) },
        { "settings.boxes.sides[1]", "4; at least 9", settings => Boxes(settings, 8, 4) },
        {
            "settings.boxes.sides[1]", "17; at most 16 is permitted", settings =>
            {
                Boxes(settings, 4, 17);
                settings.Model = "models/sized";
            }
        },
        {
            "settings.boxes.sides[1]", "65; at most 64 is permitted", settings =>
            {
                Boxes(settings, 4, 65);
                settings.Source = Scenes(GeneratedSet.OneObject, 1, 64);
            }
        },
        {
            "settings.boxes.boxes_per_side", "2; 3 to 10000", settings =>
            {
                Boxes(settings, 4, 8);
                settings.Boxes.BoxesPerSide = 2;
            }
        },
        { "settings.source.scenes.set", "0; there are GENERATED_SET_ONE_OBJECT", settings => settings.Source = Scenes(GeneratedSet.Unspecified, 1) },
        { "settings.source.scenes.count", "0; at least 1", settings => settings.Source = Scenes(GeneratedSet.OneObject, 0) },
        { "settings.source.scenes.side", "31; 32 to 1024", settings => settings.Source = Scenes(GeneratedSet.OneObject, 1, 31) },
        { "settings.source.scenes.side", "0 × 0 pixels, so that a side must be given", settings => settings.Source = Scenes(GeneratedSet.OneObject, 1) },
        { "settings.source", "holds 2000000000 images", settings => settings.Source = Scenes(GeneratedSet.OneObject, 2_000_000_000, 64) },
        {
            "settings.label_use", "of 'scenes' stands for 0 of the 3 outputs",
            settings => (settings.Source, settings.LabelUse) = (Scenes(GeneratedSet.OneObject, 1, 64), LabelUse.Target)
        },
        {
            "settings.label_use", "scenes of Validation have one label",
            settings =>
            {
                (settings.Source, settings.LabelUse) = (Scenes(GeneratedSet.Validation, 1, 64), LabelUse.Pair);
                settings.Metrics.Add("a_delta_lif_mif");
            }
        },
        { "settings.percents", "1 percentages", settings => settings.Percents.Add(50) },
        { "settings.percents[0]", "NaN; 0 to 100", settings => settings.Percents.AddRange([double.NaN, 50]) },
        { "settings.percents[1]", "50 after 50", settings => settings.Percents.AddRange([50, 50]) },
        { "settings.percents[1]", "100.5", settings => settings.Percents.AddRange([0, 100.5]) },
        { "settings.image_limit", "-1", settings => settings.ImageLimit = -1 },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task Start_FieldAtFault_IsNamedWithItsValueAndNothingStarts(string field, string found, Action<BenchmarkSettings> spoil)
    {
        var system = shared.System;
        var settings = await system.SettingsAsync(1);
        spoil(settings);

        var fault = await Assert.ThrowsAsync<RpcException>(() => system.StartBenchmarkAsync(settings));

        AssertViolation(fault, field, found);
        Assert.Empty((await system.Client.ListBenchmarksAsync(new ListBenchmarksRequest(), cancellationToken: Patience)).Benchmarks);
    }

    [Theory]
    [InlineData("models/unknown", null, "MODEL_NOT_FOUND")]
    [InlineData("models/linear", "imageSets/00000000000000000000000000000000", "IMAGE_SET_NOT_FOUND")]
    public async Task Start_OfWhatIsNotThere_IsNotFound(string model, string? set, string reason)
    {
        var system = shared.System;
        var settings = await system.SettingsAsync(1);
        settings.Model = model;
        settings.Source.ImageSet = set ?? settings.Source.ImageSet;

        var fault = await Assert.ThrowsAsync<RpcException>(() => system.StartBenchmarkAsync(settings));

        Assert.Equal((StatusCode.NotFound, reason), (fault.StatusCode, fault.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason));
    }

    [Theory]
    [InlineData("label 7 of 'x' stands for 0 of the 3 outputs", 7)]
    [InlineData("'x' has 0 labels", null)]
    public async Task Start_LabelsThatTheModelLacks_AreRefused(string found, int? label)
    {
        var system = shared.System;
        var image = BenchmarkFixture.Picture(0);
        image.Name = "x";
        image.Labels.Clear();
        if (label is { } index)
        {
            image.Labels.Add(new Target { Index = index });
        }

        var uploaded = await system.UploadAsync(BenchmarkFixture.Picture(1), image);
        var settings = new BenchmarkSettings
        {
            Model = "models/linear",
            Source = new BenchmarkSource { ImageSet = uploaded.ImageSet },
            LabelUse = LabelUse.Target,
        };

        var fault = await Assert.ThrowsAsync<RpcException>(() => system.StartBenchmarkAsync(settings));

        AssertViolation(fault, "settings.label_use", found);
    }

    public static TheoryData<string, string, Action<UploadImagesRequest>> UploadFaults => new()
    {
        { "name", "0 characters", image => image.Name = "" },
        { "name", "513 characters", image => image.Name = new string('x', 513) },
        { "name", "control", image => image.Name = "a\nb" },
        { "name", "'picture 0' came before", image => image.Name = "picture 0" },
        { "image", "absent", image => image.Image = null },
        { "image.tensor", "no pixels", image => image.Image = new Image { Tensor = new Tensor() } },
        { "labels[0]", "'Top'", image => image.Labels[0] = new Target { Top = 1 } },
        { "labels[0].index", "-1", image => image.Labels[0] = new Target { Index = -1 } },
        { "masks[0]", "empty", image => image.Masks.Add(new ObjectMask()) },
        { "masks[0].png", "do not begin as a PNG file", image => image.Masks.Add(new ObjectMask { Png = Google.Protobuf.ByteString.CopyFromUtf8("GIF89a") }) },
        { "masks[0].packed", "2 bytes; 24 × 16 pixels need 48", image => image.Masks.Add(Packed(24, 16, 2)) },
        { "masks[0].packed", "at most 64000000", image => image.Masks.Add(Packed(10_000, 10_000, 1)) },
        { "masks[0]", "16 × 24 pixels; the picture of 'picture 1' has 24 × 16", image => image.Masks.Add(Packed(16, 24, 48)) },
        { "masks", "2 masks of 'picture 1' with 1 labels", image => image.Masks.AddRange([Packed(24, 16, 48), Packed(24, 16, 48)]) },
        { "labels", "17", image => image.Labels.AddRange(Enumerable.Repeat(new Target { Index = 1 }, 16)) },
    };

    [Theory]
    [MemberData(nameof(UploadFaults), DisableDiscoveryEnumeration = true)]
    public async Task Upload_ImageAtFault_IsNamedAndNothingIsKept(string field, string found, Action<UploadImagesRequest> spoil)
    {
        var system = shared.System;
        var image = BenchmarkFixture.Picture(1);
        spoil(image);

        var before = await KeptAsync(system);

        var fault = await Assert.ThrowsAsync<RpcException>(() => system.UploadAsync(BenchmarkFixture.Picture(0), image));

        AssertViolation(fault, field, found);
        Assert.Equal(before, await KeptAsync(system));
    }

    [Theory]
    [InlineData("--Evaluator:Benchmarks:MaxImages=1", "MaxImages")]
    [InlineData("--Evaluator:Benchmarks:MaxUploadBytes=2000", "MaxUploadBytes")] // a picture has 1152
    public async Task Upload_OverALimit_IsRefusedWithItAndNothingIsKept(string option, string limit)
    {
        await using var system = await BenchmarkFixture.StartAsync(option);

        var fault = await Assert.ThrowsAsync<RpcException>(() => system.UploadAsync(BenchmarkFixture.Picture(0), BenchmarkFixture.Picture(1)));

        Assert.Equal(StatusCode.ResourceExhausted, fault.StatusCode);
        Assert.Equal($"Evaluator:Benchmarks:{limit}", fault.GetRpcStatus()!.GetDetail<QuotaFailure>()!.Violations[0].Subject);
        Assert.Equal((0, 0), await KeptAsync(system));
    }

    [Fact]
    public async Task Upload_OfNothing_IsRefused()
    {
        await using var system = await BenchmarkFixture.StartAsync();

        AssertViolation(await Assert.ThrowsAsync<RpcException>(() => system.UploadAsync()), "image", "no image came");
    }

    [Fact]
    public async Task Calls_OfOtherFaults_NameTheirField()
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var client = system.Client;
        var name = await system.StartBenchmarkAsync(await system.SettingsAsync(1));

        AssertViolation(await FailAsync(client.GetBenchmarkAsync(new GetBenchmarkRequest { Name = "benchmarks/1" })), "name", "'benchmarks/1'");
        AssertViolation(await FailAsync(client.ListBenchmarksAsync(new ListBenchmarksRequest { PageSize = -1 })), "page_size", "-1");
        AssertViolation(await FailAsync(client.ListBenchmarksAsync(new ListBenchmarksRequest { PageToken = "x" })), "page_token", "none");
        AssertViolation(await FailAsync(client.StartBenchmarkAsync(new StartBenchmarkRequest())), "settings", "absent");
        AssertViolation(await Assert.ThrowsAsync<RpcException>(() => system.EventsAsync(name, -1)), "from_event", "-1");
        using var report = client.GetReport(new GetReportRequest { Name = name, Format = (ReportFormat)77 });
        AssertViolation(await Assert.ThrowsAsync<RpcException>(async () => await report.ResponseStream.MoveNext()), "format", "77 is no format of this evaluator; there are REPORT_FORMAT_JSON, REPORT_FORMAT_CSV, REPORT_FORMAT_HTML");
        var settings = await system.SettingsAsync(1);
        var request = new StartBenchmarkRequest { Settings = settings, RequestId = "again" };
        AssertViolation(await FailAsync(client.StartBenchmarkAsync(request)), "request_id", "'again'");
        var absent = await FailAsync(client.CancelBenchmarkAsync(new CancelBenchmarkRequest { Name = $"benchmarks/{new string('0', 32)}" }));
        Assert.Equal(StatusCode.NotFound, absent.StatusCode);
    }

    private static BenchmarkSource Scenes(GeneratedSet set, int count, int side = 0) =>
        new() { Scenes = new GeneratedScenes { Set = set, Count = count, Side = side } };

    private static void Boxes(BenchmarkSettings settings, params int[] sides)
    {
        settings.Metrics.Add("a_box");
        settings.Boxes = new BoxSampling { Sides = { sides } };
    }

    private static ObjectMask Packed(int width, int height, int bytes) =>
        new() { Packed = new PackedMask { Width = width, Height = height, Bits = Google.Protobuf.ByteString.CopyFrom(new byte[bytes]) } };

    private static Task<RpcException> FailAsync<T>(AsyncUnaryCall<T> call) => Assert.ThrowsAsync<RpcException>(async () => await call);

    private static async Task<(int Sets, int Pictures)> KeptAsync(BenchmarkFixture system) => (
        await system.Store.ReadAsync(context => context.ImageSets.CountAsync()),
        await system.Store.ReadAsync(context => context.Pictures.CountAsync()));

    private static void AssertViolation(RpcException fault, string field, string found)
    {
        Assert.True(fault.StatusCode == StatusCode.InvalidArgument, fault.ToString());
        var violation = Assert.Single(fault.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations);
        Assert.Equal(field, violation.Field);
        Assert.Contains(found, violation.Description, StringComparison.Ordinal);
    }
}
