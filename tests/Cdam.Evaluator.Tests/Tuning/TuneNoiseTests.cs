using Cdam.Evaluator.Tests.LinearModel;
using Cdam.Evaluator.Tests.Sessions;
using Cdam.V1;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace Cdam.Evaluator.Tests.Tuning;

public sealed class TuneNoiseTests
{
    private static readonly float[] Levels = [0.05f, 0.1f, 0.3f];

    private static CancellationToken Patience => EvaluatorFixture.Patience;

    [Fact]
    public async Task Tune_DefaultMethods_GivesTheMeansOfEvaluateImageAndTheBestLevels()
    {
        const int Images = 4;
        await using var system = await BenchmarkFixture.StartAsync();
        var request = new TuneNoiseRequest { Settings = await system.SettingsAsync(Images), NoiseLevels = { Levels } };

        var steps = await TuneAsync(system, request);

        Assert.Equal(["smooth-cdam", "smooth-grad"], steps[0].Started.Settings.Methods.Select(method => method.Name));
        Assert.Equal(Enumerable.Range(0, Images).Select(number => $"picture {number}"), steps[1..^1].Select(step => step.Image.Name).Order());
        Assert.Equal(Enumerable.Range(0, Images + 1), steps[..^1].Select(step => step.Progress.MeasuredCount));
        foreach (var tuned in steps[^1].Result.Methods)
        {
            Assert.Equal(Levels, tuned.Curve.Select(point => point.NoiseLevel));
            foreach (var point in tuned.Curve)
            {
                // The same logits, summed in another order.
                Assert.Equal(await MeanAsync(system, tuned.Method, point.NoiseLevel, Images), point.Mean, 1e-9);
                Assert.InRange(point.Mean, point.Lower, point.Upper);
            }

            Assert.Equal(tuned.Curve.MaxBy(point => point.Mean)!.NoiseLevel, tuned.NoiseLevel);
        }

        Assert.Equal([LinearNoise.BestOfCdam, LinearNoise.BestOfGrad], steps[^1].Result.Methods.Select(tuned => tuned.NoiseLevel));

        // Two methods at three levels, 11 percentages in both orders: the two ends are the same picture for all of them.
        var progress = steps[^1].Progress;
        Assert.Equal(Images * 2 * 3 * 2 * 11, progress.NaiveForwardPasses);
        Assert.InRange(progress.ForwardPasses, Images, (Images * 2 * 3 * 2 * 9) + (2 * Images));
    }

    [Fact]
    public async Task Tune_ImageThatFails_IsLeftOut()
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var broken = BenchmarkFixture.Picture(1);
        broken.Image = new Image { Encoded = ByteString.CopyFromUtf8("no picture") };
        var settings = await system.SettingsAsync(1);
        settings.Source.ImageSet = (await system.UploadAsync(BenchmarkFixture.Picture(0), broken)).ImageSet;

        var steps = await TuneAsync(system, new TuneNoiseRequest { Settings = settings, NoiseLevels = { Levels } });

        var failed = Assert.Single(steps, step => step.Image?.Error is not null).Image;
        Assert.Equal(("picture 1", (int)StatusCode.InvalidArgument), (failed.Name, failed.Error.Code));
        Assert.Equal((1, 1), (steps[^1].Progress.MeasuredCount, steps[^1].Progress.FailedCount));
        Assert.All(steps[^1].Result.Methods.SelectMany(method => method.Curve), point => Assert.False(point.HasLower)); // one image has no spread
    }

    [Fact]
    public async Task Tune_NoImageThatCanBeMeasured_FailsThePrecondition()
    {
        await using var system = await BenchmarkFixture.StartAsync();

        var fault = await FailAsync(system, new TuneNoiseRequest { Settings = await system.SettingsAsync(2, "refuses") });

        Assert.Equal((StatusCode.FailedPrecondition, "NO_IMAGE_MEASURED"), (fault.StatusCode, fault.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason));
    }

    [Fact]
    public async Task Tune_Cancelled_EndsTheExplainersCallsAndFreesItsSlot()
    {
        await using var system = await BenchmarkFixture.StartAsync("--Evaluator:MaxConcurrentEvaluations=1");
        var request = new TuneNoiseRequest { Settings = await system.SettingsAsync(1, "stuck"), NoiseLevels = { Levels } };
        using (var cancel = new CancellationTokenSource())
        {
            using var call = system.Client.TuneNoise(request, cancellationToken: cancel.Token);
            Assert.True(await call.ResponseStream.MoveNext());
            await system.Explainer.Stuck.WaitAsync(Patience);
            Assert.Equal(StatusCode.ResourceExhausted, (await FailAsync(system, request)).StatusCode); // the only slot is taken
            await cancel.CancelAsync();
            await system.Explainer.Cancelled.WaitAsync(Patience);
        }

        request.Settings.Model = "models/linear";
        List<TuneNoiseResponse>? steps = null;
        while (steps is null)
        {
            try
            {
                steps = await TuneAsync(system, request);
            }
            catch (RpcException fault) when (fault.StatusCode == StatusCode.ResourceExhausted)
            {
                await Task.Delay(10, Patience); // the evaluator has not heard of it yet
            }
        }

        Assert.NotNull(steps[^1].Result);
    }

    public static TheoryData<string, string, Action<TuneNoiseRequest>> Faults => new()
    {
        { "settings", "absent", request => request.Settings = null },
        { "settings.model", "'x'", request => request.Settings.Model = "x" },
        { "settings.metrics", "1 metrics", request => request.Settings.Metrics.Add("a_mif") },
        { "settings.boxes", "none of the metrics", request => request.Settings.Boxes = new BoxSampling() },
        { "settings.label_use", "PAIR", request => request.Settings.LabelUse = LabelUse.Pair },
        { "settings.methods[0].name", "'cdam' has no noise_level", request => request.Settings.Methods.Add(new MethodSpec { Name = "cdam" }) },
        { "settings.methods[0].name", "there are cdam", request => request.Settings.Methods.Add(new MethodSpec { Name = "magic" }) },
        {
            "settings.methods[0].noise_level", "0.2; it is what is chosen",
            request => request.Settings.Methods.Add(new MethodSpec { Name = "smooth-cdam", NoiseLevel = 0.2f })
        },
        { "noise_levels", "1 levels", request => request.NoiseLevels.Add(0.1f) },
        { "noise_levels", "65 levels", request => request.NoiseLevels.AddRange(Enumerable.Repeat(0.1f, 65)) },
        { "noise_levels[1]", "1.5", request => request.NoiseLevels.AddRange([0.1f, 1.5f]) },
        { "noise_levels[0]", "NaN", request => request.NoiseLevels.AddRange([float.NaN, 0.5f]) },
        { "noise_levels[1]", "0.1 after 0.1", request => request.NoiseLevels.AddRange([0.1f, 0.1f]) },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task Tune_FieldAtFault_IsNamedWithItsValue(string field, string found, Action<TuneNoiseRequest> spoil)
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var request = new TuneNoiseRequest { Settings = await system.SettingsAsync(1) };
        spoil(request);

        var fault = await FailAsync(system, request);

        Assert.True(fault.StatusCode == StatusCode.InvalidArgument, fault.ToString());
        var violation = Assert.Single(fault.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations);
        Assert.Equal(field, violation.Field);
        Assert.Contains(found, violation.Description, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<List<TuneNoiseResponse>> TuneAsync(BenchmarkFixture system, TuneNoiseRequest request)
    {
        using var call = system.Client.TuneNoise(request, cancellationToken: Patience);
        return await call.ResponseStream.ReadAllAsync().ToListAsync();
    }

    private static Task<RpcException> FailAsync(BenchmarkFixture system, TuneNoiseRequest request) =>
        Assert.ThrowsAsync<RpcException>(() => TuneAsync(system, request));

    private static async Task<double> MeanAsync(BenchmarkFixture system, string method, float level, int images)
    {
        var sum = 0.0;
        for (var number = 0; number < images; number++)
        {
            var request = EvaluatorFixture.Request();
            request.Image = BenchmarkFixture.Picture(number).Image;
            request.Methods.Add(new MethodSpec { Name = method, NoiseLevel = level });
            using var call = system.Client.EvaluateImage(request, cancellationToken: Patience);
            sum += (await call.ResponseStream.ReadAllAsync().FirstAsync(step => step.Result is not null)).Result.ALifMif;
        }

        return sum / images;
    }
}
