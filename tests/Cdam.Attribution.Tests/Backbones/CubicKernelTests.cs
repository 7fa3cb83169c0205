using Cdam.Attribution.Backbones;

namespace Cdam.Attribution.Tests.Backbones;

public sealed class CubicKernelTests
{
    [Theory]
    [InlineData(4, 4)]
    [InlineData(4, 9)]
    [InlineData(9, 4)]
    [InlineData(37, 16)]
    [InlineData(14, 64)]
    [InlineData(16, 1)]
    [InlineData(1, 5)]
    public void Weights_OfEachRow_SumToOne(int from, int to)
    {
        foreach (var matrix in new[] { CubicKernel.Antialiased(from, to), CubicKernel.Interpolating(from, to, (double)to / from) })
        {
            // At most 10 float32 weights around 1.
            Assert.All(matrix.Chunk(from), row => Assert.Equal(1, row.Sum(), 1e-6));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(37)]
    public void Weights_AtEqualSize_AreTheIdentity(int side)
    {
        var identity = Enumerable.Range(0, side * side).Select(i => i / side == i % side ? 1f : 0f);
        Assert.Equal(identity, CubicKernel.Antialiased(side, side));
        Assert.Equal(identity, CubicKernel.Interpolating(side, side, 1));
    }

    /// <summary>Rows that antialiased.py works out in exact fractions.</summary>
    [Theory]
    [InlineData(4, 6, 0, new[] { 1.065789474, -0.065789474, 0, 0 })]
    [InlineData(4, 6, 1, new[] { 0.529411765, 0.529411765, -0.058823529, 0 })]
    [InlineData(4, 6, 3, new[] { -0.011574074, 0.131944444, 0.937500000, -0.057870370 })]
    [InlineData(6, 4, 0, new[] { 0.655339806, 0.393203883, -0.040453074, -0.008090615, 0, 0 })]
    [InlineData(6, 4, 2, new[] { 0, -0.041347626, 0.087289433, 0.620214395, 0.372128637, -0.038284839 })]
    [InlineData(8, 3, 0, new[] { 0.323768673, 0.400088744, 0.261351871, 0.062268895, -0.024996302, -0.021742346, -0.000739536, 0 })]
    [InlineData(8, 3, 1, new[] { -0.027096023, 0.014197420, 0.174623791, 0.338274812, 0.338274812, 0.174623791, 0.014197420, -0.027096023 })]
    [InlineData(2, 5, 1, new[] { 0.934449761, 0.065550239 })]
    public void Antialiased_RowsOfSmallMatrices_AreTheIndependentOnes(int from, int to, int row, double[] expected)
    {
        var weights = CubicKernel.Antialiased(from, to).AsSpan(row * from, from).ToArray();

        // float32 around 1, and nine printed digits.
        Assert.All(expected.Zip(weights), pair => Assert.Equal(pair.First, pair.Second, 1e-7));
    }
}
