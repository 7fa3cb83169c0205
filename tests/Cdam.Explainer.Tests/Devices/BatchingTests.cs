using Cdam.Explainer.Tests.Running;
using Cdam.V1;

namespace Cdam.Explainer.Tests.Devices;

public sealed class BatchingTests(SharedExplainer shared)
{
    /// <summary>A batch sums in another order than a single image does: rounding, never another image's values.</summary>
    private const double Rounding = 1e-5;

    [Fact]
    public async Task Explain_ManyPicturesAtOnce_EachGetsItsOwnResult()
    {
        var requests = Enumerable.Range(0, 40).Select(seed =>
        {
            var (model, width) = seed % 3 == 0 ? (Requests.Wide, 96) : (Requests.Dino, seed % 2 == 0 ? 64 : 96);
            return new ExplainRequest { Model = model, Image = new Image { Picture = Requests.RandomPicture(seed, width) }, RequestId = $"{seed}" };
        }).ToList();
        var alone = new List<ExplainResponse>();
        foreach (var request in requests)
        {
            alone.Add(await shared.Host.Client.ExplainAsync(request));
        }

        var hold = await shared.Host.HoldDeviceAsync();
        var calls = requests.Select(request => shared.Host.Client.ExplainAsync(request).ResponseAsync).ToList();
        await Eventually.TrueAsync(() => shared.Host.Device.Admitted == requests.Count);
        hold.Dispose();
        var together = await Task.WhenAll(calls);

        Assert.Contains(together, response => response.Timings.BatchSize == 4);
        Assert.All(alone, response => Assert.Equal(1, response.Timings.BatchSize));
        foreach (var (expected, actual) in alone.Zip(together))
        {
            Assert.Equal(expected.RequestId, actual.RequestId);
            AssertSame(expected.Logits, actual.Logits);
            AssertSame(expected.Maps[0].Scores, actual.Maps[0].Scores);
        }
    }

    private static void AssertSame(IReadOnlyList<float> expected, IReadOnlyList<float> actual)
    {
        var largest = expected.Max(MathF.Abs);
        Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) <= Rounding * largest);
    }
}
