using Cdam.Training.Fitting;

namespace Cdam.Training.Tests.Fitting;

public sealed class PaceTests
{
    [Fact]
    public void Left_BeforeAnyStepOfThisRun_IsUnknown()
    {
        var pace = new Pace();
        Assert.Null(pace.Left(500, 1000));
        Assert.Null(pace.Left(500, 1000));
    }

    [Fact]
    public void Left_OfThisRunsSteps_LeavesOutThoseBefore()
    {
        var pace = new Pace();
        pace.Left(900, 1000);
        Thread.Sleep(20);
        // One step took at least 20 ms, and 99 are left.
        Assert.True(pace.Left(901, 1000) >= TimeSpan.FromMilliseconds(20 * 99));
        Assert.Equal(TimeSpan.Zero, pace.Left(1000, 1000));
    }
}
