using Cdam.Attribution.Volumes;
using Cdam.Training.LungModels.Slices;

namespace Cdam.Training.Tests.LungModels.Slices;

public sealed class HounsfieldWindowTests
{
    [Fact]
    public void Measure_ClampsFirst()
    {
        // Half becomes −1000, half 400.
        var options = HounsfieldWindow.Measure([Filled(-2000), Filled(1000)], side: 64);
        Assert.Equal((-300f, 700f, 64), (options.Mean, options.Std, options.Side));
    }

    [Fact]
    public void Measure_AllVoxelsAlike_IsRefused() =>
        Assert.Contains(
            "standard deviation of 0 HU", Assert.Throws<ArgumentException>(() => HounsfieldWindow.Measure([Filled(-2000), Filled(-1500)], 64)).Message, StringComparison.Ordinal);

    private static VolumeCrop Filled(short value) => new(Enumerable.Repeat(value, 32 * 32 * 32).ToArray());
}
