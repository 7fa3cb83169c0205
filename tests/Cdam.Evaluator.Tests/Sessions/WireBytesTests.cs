using Cdam.Evaluator.Tests.LinearModel;
using Cdam.V1;

namespace Cdam.Evaluator.Tests.Sessions;

public sealed class WireBytesTests
{
    [Fact]
    public async Task Bytes_OfAnImage_AreThoseOfTheMessages()
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var events = await system.EventsAsync(await system.StartBenchmarkAsync(await system.SettingsAsync(3)));

        var measured = events.Select(step => step.ImageMeasured).OfType<ImageMeasured>().ToList();
        var predicted = system.Explainer.PredictMessages.Sum(message => 5 + message.CalculateSize());
        var picture = BenchmarkFixture.Picture(0).Image.CalculateSize();

        // What asks for the explanation is the picture, and the names of model, method and target.
        Assert.InRange(measured.Sum(image => image.SentBytes) - predicted, 3 * picture, 3 * (picture + 100));
        Assert.All(measured, image => Assert.InRange(image.ReceivedBytes, 4 * LinearPicture.Dim, 100_000)); // its tokens at least
        var last = events[^1].Progress;
        Assert.Equal((measured.Sum(image => image.SentBytes), measured.Sum(image => image.ReceivedBytes)), (last.SentBytes, last.ReceivedBytes));
    }
}
