using Cdam.Attribution.Backbones;
using Cdam.Attribution.Methods;
using Cdam.Attribution.Methods.Noise;
using Cdam.Attribution.Tests.Backbones;
using Cdam.Attribution.Tests.ClosedForm;
using static TorchSharp.torch;

namespace Cdam.Attribution.Tests.Methods.Noise;

public sealed class NoisySamplesTests
{
    private static readonly MethodRequest Request = MethodCatalog.Complete(new MethodRequest("smooth-cdam") { SampleCount = 7, Seed = 11 });

    [Theory]
    [InlineData(0, 1)]     // always at least one
    [InlineData(1, 1)]
    [InlineData(3, 3)]     // 7 = 3 + 3 + 1
    [InlineData(100, 7)]
    public void Next_WithinAnyBudget_GivesTheSameSamples(int samplesInBudget, int chunk)
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.Dino));
        var sampleBytes = 12L * network.Grid.Tokens * network.Block.Dim;
        var whole = Read(network, SmallNetwork.AmpleBytes, Request);
        var pieces = Read(network, samplesInBudget * sampleBytes, Request);
        Assert.Single(whole.Sizes);
        Assert.Equal(chunk, pieces.Sizes[0]);
        Assert.Equal(7, pieces.Sizes.Sum());
        Assert.Equal(whole.Tokens, pieces.Tokens);
    }

    [Fact]
    public void Next_FromASeed_IsTheSourceAndScaledNoise()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.Dino));
        var source = network.BlockInput;
        var deviation = 0.05 * (source.max() - source.min());
        var expected = source + deviation * RandomTensor.Normal(11, 7, source.shape[1], source.shape[2]);
        var read = Read(network, SmallNetwork.AmpleBytes, Request).Tokens;

        // One multiplication and addition, fused there and not here.
        TensorAssert.Close(expected.flatten(), tensor(read), tolerance: 3e-7);
    }

    [Fact]
    public void Next_WithStatistics_HasThoseOfTheNoisyTokens()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.DinoV2));
        using var samples = Samples(network, SmallNetwork.AmpleBytes, Request);
        var chunk = samples.Next()!;
        TensorAssert.Close(chunk.Tokens.mean([-1]), chunk.Mean);
        TensorAssert.Close((chunk.Tokens.var(-1, unbiased: false) + network.Block.Epsilon).rsqrt(), chunk.ReciprocalDeviation);
        Assert.Null(samples.Next());
    }

    [Fact]
    public void Next_MadeByTheDevice_GivesTheSamplesOfTheProcessor()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.DinoV2));
        var image = network.Image(0, TargetSet.Of(TargetKind.Linear, network.Block.Dim).All);
        using var onHost = new NoisySamples(image, image.BlockInput, Request, onDevice: false);
        using var onDevice = new NoisySamples(image, image.BlockInput, Request, onDevice: true);
        var (expected, actual) = (onHost.Next()!, onDevice.Next()!);
        TensorAssert.Close(expected.Tokens, actual.Tokens);
        TensorAssert.Close(expected.Mean, actual.Mean);
        TensorAssert.Close(expected.ReciprocalDeviation, actual.ReciprocalDeviation);
    }

    [Fact]
    public void Next_WithGivenNoise_AddsItAsItIs()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.Dino));
        var noise = RandomTensor.Normal(3, 2, network.Grid.Tokens, network.Block.Dim);
        var request = MethodCatalog.Complete(new MethodRequest("smooth-cdam") { Noise = noise.data<float>().ToArray() });
        var read = Read(network, sampleBytes: 1, request);
        Assert.Equal([1, 1], read.Sizes);
        Assert.Equal((network.BlockInput + noise).data<float>().ToArray(), read.Tokens);
    }

    private static NoisySamples Samples(SmallNetwork network, long sampleBytes, MethodRequest request)
    {
        var image = network.Image(0, TargetSet.Of(TargetKind.DotProduct, network.Block.Dim).All, sampleBytes);
        return new NoisySamples(image, image.BlockInput, request);
    }

    private static (List<int> Sizes, float[] Tokens) Read(SmallNetwork network, long sampleBytes, MethodRequest request)
    {
        using var samples = Samples(network, sampleBytes, request);
        var (sizes, tokens) = (new List<int>(), new List<float>());
        while (samples.Next() is { } chunk)
        {
            sizes.Add((int)chunk.Tokens.shape[0]);
            tokens.AddRange(chunk.Tokens.data<float>());
        }

        return (sizes, [.. tokens]);
    }
}
