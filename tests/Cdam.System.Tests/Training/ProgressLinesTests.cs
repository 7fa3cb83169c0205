using Cdam.Cli.Training;
using Cdam.Training.Fitting;

namespace Cdam.System.Tests.Training;

public sealed class ProgressLinesTests
{
    [Fact]
    public void Report_InQuickSuccession_WritesALineEveryTenSeconds()
    {
        var (time, writer) = (new HandSetTime(), new StringWriter());
        var lines = new ProgressLines(writer, time);
        for (var second = 0; second < 25; second++)
        {
            time.Now = TimeSpan.FromSeconds(second);
            lines.Report(new TrainingProgress("training", second, 100, 0.5317, 0.8312, TimeSpan.FromMinutes(125)));
        }

        Assert.Equal(
            [
                "training 0/100: loss 0.532, accuracy 83.1 %, 2 h 05 min left",
                "training 10/100: loss 0.532, accuracy 83.1 %, 2 h 05 min left",
                "training 20/100: loss 0.532, accuracy 83.1 %, 2 h 05 min left",
            ],
            writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData(45, "45 s left")]
    [InlineData(720, "12 min left")]
    [InlineData(7499, "2 h 04 min left")]
    public void Details_OfATimeLeft_AreRoundedAsPeopleSayThem(int seconds, string expected) =>
        Assert.Equal(expected, ProgressText.Details(new TrainingProgress("checking images", 1, 2, Left: TimeSpan.FromSeconds(seconds))));

    [Fact]
    public void Report_WithNothingBeyondTheCount_IsTheCount()
    {
        var writer = new StringWriter();
        new ProgressLines(writer, TimeProvider.System).Report(new TrainingProgress("checking images", 1, 2));
        Assert.Equal($"checking images 1/2{Environment.NewLine}", writer.ToString());
    }

    private sealed class HandSetTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
