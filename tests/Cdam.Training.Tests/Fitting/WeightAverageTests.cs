using Cdam.Attribution.Native;
using Cdam.Training.Fitting;
using static TorchSharp.torch;

namespace Cdam.Training.Tests.Fitting;

public sealed class WeightAverageTests
{
    public WeightAverageTests() => TorchRuntime.Load();

    [Fact]
    public void Update_YoungAverage_ForgetsTheStart()
    {
        using var weights = new Weights(1);
        using var average = new WeightAverage(weights.ByName, 0.998);
        weights.Set(2);
        average.Update(weights.ByName);
        // A decay of (1 + 1) / (10 + 1): 1 · 2/11 + 2 · 9/11.
        Assert.Equal(20 / 11f, Value(average), 1e-6f);
        average.Update(weights.ByName);
        // Then of 3/12: 20/11 · 1/4 + 2 · 3/4.
        Assert.Equal(20 / 44f + 1.5f, Value(average), 1e-6f);
        Assert.Equal(2, average.Steps);
    }

    [Fact]
    public void Update_OldAverage_KeepsToItsDecay()
    {
        using var weights = new Weights(0);
        using var average = new WeightAverage(weights.ByName, 0.9) { Steps = 1000 };
        weights.Set(1);
        average.Update(weights.ByName);
        Assert.Equal(0.1f, Value(average), 1e-6f);
    }

    [Fact]
    public void Construct_Copies_SoThatStepsDoNotReachTheAverage()
    {
        using var weights = new Weights(3);
        using var average = new WeightAverage(weights.ByName, 0.9);
        weights.Set(4);
        Assert.Equal(3, Value(average));
    }

    private static float Value(WeightAverage average) => average.Weights["w"].item<float>();

    private sealed class Weights(float value) : IDisposable
    {
        public Dictionary<string, Tensor> ByName { get; } = new() { ["w"] = tensor([value]) };

        public void Set(float next) => ByName["w"].fill_(next);

        public void Dispose() => ByName["w"].Dispose();
    }
}
