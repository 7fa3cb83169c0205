using Cdam.Attribution.Methods.Noise;
using Cdam.Attribution.Native;
using Cdam.Randomness;
using static TorchSharp.torch;

namespace Cdam.Attribution.Tests.Methods.Noise;

public sealed class DeviceNoiseTests
{
    public DeviceNoiseTests() => TorchRuntime.Load();

    [Theory]
    [InlineData(0ul, 0, 3200)]
    [InlineData(0x123456789abcdef0ul, 37, 1000)]
    [InlineData(ulong.MaxValue, 31, 1)]
    [InlineData(7ul, (1L << 34) - 50, 100)]    // across the 32-bit counter
    public void Normal_OfAnyPiece_IsTheStreamThatTheProcessorDraws(ulong seed, long first, int count)
    {
        using var scope = NewDisposeScope();
        var expected = new float[count];
        GaussianNoise.Fill(expected, seed, first);
        var actual = DeviceNoise.Normal(seed, first, count, CPU).data<float>().ToArray();

        // Values reach 5.9; logarithm, root, angle and sine round a few times each, in either way of computing.
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 3e-6));
    }
}
