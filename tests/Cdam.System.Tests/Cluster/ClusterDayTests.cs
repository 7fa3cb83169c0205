namespace Cdam.System.Tests.Cluster;

public sealed class ClusterDayTests
{
    private const string LongDay = "CDAM_LONG_DAY";

    /// <summary>
    /// <c>CDAM_LONG_DAY=1</c> makes it the long day, with 200 streaming clients. The built test program itself prints the figures:
    /// <c>Cdam.System.Tests -class Cdam.System.Tests.Cluster.ClusterDayTests -showLiveOutput</c>.
    /// </summary>
    [Fact]
    public async Task Day_WithARollingUpdateKillsACutOffNodeAndADatabaseRestart_FailsNoCallAndLosesNothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs loopback addresses beyond 127.0.0.1");
        var day = Environment.GetEnvironmentVariable(LongDay) == "1" ? ClusterDay.Long : ClusterDay.Short;

        var figures = await day.RunAsync(TestContext.Current.CancellationToken);

        TestContext.Current.TestOutputHelper!.WriteLine(figures.ToString());
        Assert.True(figures.Failures.Count == 0, $"{string.Join('\n', figures.Failures)}\n{figures}");
    }
}
