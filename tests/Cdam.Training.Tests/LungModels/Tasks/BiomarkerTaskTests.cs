using Cdam.Attribution.Volumes;
using Cdam.Training.LungModels;
using Cdam.Training.LungModels.Tasks;

namespace Cdam.Training.Tests.LungModels.Tasks;

public sealed class BiomarkerTaskTests
{
    // Scales are float32.
    private const double Tolerance = 1e-6;
    private const int Diameter = 5;

    private static readonly BiomarkerTask Task = new([WithDiameter(6), WithDiameter(10)]);

    [Fact]
    public void Target_IsStandardisedByTheTrainingNodules()
    {
        Assert.Equal((8f, 2f, "mm"), (Task.Scales[Diameter].Mean, Task.Scales[Diameter].Std, Task.Scales[Diameter].Unit));
        Assert.Equal(2.5, Task.Target(WithDiameter(13))[Diameter], Tolerance);
        Assert.Equal(8, Task.Target(WithDiameter(13)).Length);
    }

    [Fact]
    public void Figures_AreInStandardDeviationsAndInClinicalUnits()
    {
        // Said 0.5 and 1.5 for −1 and 1: errors 1.5 and 0.5.
        var figures = Task.Figures([Answer(0.5f), Answer(1.5f)], [WithDiameter(6), WithDiameter(10)]);
        Assert.Equal(1 + 3 * 8, figures.Count);
        Assert.Equal(1.25, figures.Single(figure => figure is { Output: "diameter", Measure: "mse" }).Value!.Value, Tolerance);
        var clinical = figures.Single(figure => figure is { Output: "diameter", Measure: "mse_clinical" });
        Assert.Equal(5, clinical.Value!.Value, Tolerance);
        Assert.Equal("mm²", clinical.Unit);
        Assert.Equal(1, figures.Single(figure => figure is { Output: "diameter", Measure: "correlation" }).Value!.Value, Tolerance);
        Assert.Equal(figures.Where(figure => figure is { Measure: "mse", Output: not "all" }).Average(figure => figure.Value), figures[0].Value);
    }

    [Fact]
    public void Task_BiomarkerThatDoesNotVary_IsRefusedByName()
    {
        var nodules = new[] { WithDiameter(6), WithDiameter(10) };
        var same = nodules.Select(nodule => nodule with { Source = nodule.Source with { Biomarkers = nodule.Source.Biomarkers with { Texture = 4 } } });
        Assert.Contains(
            "biomarker texture is 4 for all 2 training nodules",
            Assert.Throws<ArgumentException>(() => new BiomarkerTask([.. same.Select(nodule => new LungNodule(nodule.Source, nodule.Crop))])).Message,
            StringComparison.Ordinal);
    }

    private static float[] Answer(float diameter) => [.. Enumerable.Range(0, 8).Select(index => index == Diameter ? diameter : 0)];

    private static LungNodule WithDiameter(double diameter)
    {
        var low = diameter < 8 ? 1 : 3;
        return new LungNodule(
            TestNodules.Plain("n", 2).Source with { Biomarkers = new(low, low, low, low, low, diameter, low, low), DiameterMm = diameter },
            new VolumeCrop(new short[32 * 32 * 32]));
    }
}
