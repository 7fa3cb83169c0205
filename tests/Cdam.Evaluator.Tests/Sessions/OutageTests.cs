using System.Globalization;
using Cdam.V1;

namespace Cdam.Evaluator.Tests.Sessions;

/// <summary>
/// The store goes away for long, and everything that needs it waits. In a class of its own: other tests run meanwhile.
/// </summary>
public sealed class OutageTests
{
    private const int Images = InterruptionTests.Images;
    private const double UsualSeconds = 20;

    private static CancellationToken Patience => EvaluatorFixture.Patience;

    /// <summary>Seconds; <c>CDAM_OUTAGE_SECONDS</c> shortens it for those who wait.</summary>
    private static TimeSpan Outage => TimeSpan.FromSeconds(
        Environment.GetEnvironmentVariable("CDAM_OUTAGE_SECONDS") is { } given ? double.Parse(given, CultureInfo.InvariantCulture) : UsualSeconds);

    [Fact]
    public async Task Postgres_AwayFarLongerThanALease_LosesAndDoublesNothing()
    {
        await using var server = await PostgresServer.StartAsync();
        var connection = server.NewDatabase();
        await server.CreateAsync(connection);
        await using var system = await BenchmarkFixture.StartOnAsync(connection);
        var settings = await system.SettingsAsync(Images, "gated", "cdam", "input_x_gradient");
        var expected = await system.UninterruptedAsync(settings);
        var name = await system.StartBenchmarkAsync(settings);
        system.Explainer.Gate.Release(2);
        await system.MeasuredAsync(name, 2);
        var followed = system.EventsAsync(name);

        await server.StopAsync();
        system.Explainer.Gate.Release(100); // results come in while there is nowhere to put them
        var asked = system.Client.GetBenchmarkAsync(new GetBenchmarkRequest { Name = name }, cancellationToken: Patience).ResponseAsync;
        var begun = system.Client.StartBenchmarkAsync(
            new StartBenchmarkRequest { Settings = settings, RequestId = Guid.NewGuid().ToString() }, cancellationToken: Patience).ResponseAsync;
        var joined = Task.Run(() => system.StartEvaluatorAsync(), Patience);
        await Task.Delay(Outage, Patience);
        Assert.DoesNotContain(true, new[] { followed.IsCompleted, asked.IsCompleted, begun.IsCompleted, joined.IsCompleted });
        await server.ResumeAsync();

        Assert.Equal(name, (await asked).Benchmark.Name);
        await joined;
        InterruptionTests.AssertWhole(expected, await followed);
        InterruptionTests.AssertWhole(expected, await system.EventsAsync(name));
        InterruptionTests.AssertWhole(expected, await system.EventsAsync((await begun).Benchmark.Name));
    }
}
