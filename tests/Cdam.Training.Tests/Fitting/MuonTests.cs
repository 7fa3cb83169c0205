using Cdam.Attribution.Native;
using Cdam.Training.Fitting;
using static TorchSharp.torch;

namespace Cdam.Training.Tests.Fitting;

public sealed class MuonTests
{
    private const double LearningRate = 0.1;

    public MuonTests() => TorchRuntime.Load();

    [Theory]
    [InlineData(8, 8, 1)]
    [InlineData(4, 12, 1)]
    [InlineData(12, 3, 2)]    // √(12 / 3)
    public void Step_MovesAlikeInEveryDirection(long rows, long columns, double length)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(0);
        var weight = zeros(rows, columns);
        weight.grad = randn(rows, columns);
        using var muon = new Muon(new Dictionary<string, Tensor> { ["w"] = weight }, momentum: 0.9, decay: 0);

        muon.Step(LearningRate);

        // Five iterations bring singular values near 1, not to it: Jordan et al. give about 0.7 to 1.2. The smallest of a random square
        // matrix starts so low that it may lag behind.
        var values = (linalg.svdvals(weight) / (LearningRate * length)).data<float>().ToArray();
        Assert.All(values, value => Assert.InRange(value, 0.3, 1.3));
        // Downhill.
        Assert.True((weight * weight.grad).sum().item<float>() < 0);
    }

    [Fact]
    public void Step_NoGradientLeft_GoesOnByItsMomentum()
    {
        using var scope = NewDisposeScope();
        var weight = zeros(2, 2);
        weight.grad = eye(2);
        using var muon = new Muon(new Dictionary<string, Tensor> { ["w"] = weight }, momentum: 0.9, decay: 0);
        muon.Step(LearningRate);
        var after = weight.clone();
        weight.grad = zeros(2, 2);

        muon.Step(LearningRate);

        Assert.True((weight - after)[0, 0].item<float>() < -0.5f * (float)LearningRate);
    }

    [Fact]
    public void Step_Decay_ShrinksTheWeight()
    {
        using var scope = NewDisposeScope();
        var weight = ones(2, 2);
        weight.grad = zeros(2, 2);
        using var muon = new Muon(new Dictionary<string, Tensor> { ["w"] = weight }, momentum: 0, decay: 0.5);

        muon.Step(LearningRate);

        Assert.Equal(1 - LearningRate * 0.5, weight[0, 0].item<float>(), 6);    // float32
    }
}
