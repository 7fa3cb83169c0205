using Cdam.Randomness;

namespace Cdam.Attribution.Tests.Methods.Noise;

public sealed class PhiloxTests
{
    /// <summary>The first is Random123's own; philox.py, checked against all of Random123's, printed the others in this layout.</summary>
    [Theory]
    [InlineData(0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, 0x4d18d7d2, 0x430ac65a, 0xbd2fa22a, 0x0afae10d)]
    [InlineData(1, 0, 0xf8e4cca4, 0x5cb200db, 0xb1a574eb, 0x097eff67)]
    [InlineData(0, 1, 0xe3e80670, 0xe50a0ebc, 0x95f222c0, 0xb615aa27)]
    [InlineData(1UL << 32, 0, 0x6ad0c5ec, 0xea236249, 0x73a459f5, 0x074944b3)]
    [InlineData(0, 1UL << 32, 0xfdde3e0b, 0xfa7e58b6, 0x3380ec46, 0xd8d55c4f)]
    [InlineData(0x85a308d3243f6a88, 0x299f31d0a4093822, 0xe69c9c31, 0xb5a3d762, 0xe733bfc1, 0x341a787c)]
    public void Words_OfKnownCounters_AreTheKnownAnswers(ulong counter, ulong key, uint x0, uint x1, uint x2, uint x3) =>
        Assert.Equal((x0, x1, x2, x3), Philox.Words(counter, key));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(8, 0x299f31d0a4093822)]
    [InlineData(0x0000_0000_ffff_fff7, 3)]    // the last eight counters that do not carry
    [InlineData(0x0000_0000_ffff_fff8, 3)]
    [InlineData(0x0000_0000_ffff_fffc, 3)]    // carries in the middle
    [InlineData(0x0000_0000_ffff_ffff, 3)]
    [InlineData(0x0000_0001_0000_0000, 3)]
    [InlineData(0x1234_5678_9abc_def0, ulong.MaxValue)]
    [InlineData(ulong.MaxValue - 3, 7)]       // wraps to counter 0
    public void Words8_OfAnyCounter_EqualTheScalarPath(ulong counter, ulong key)
    {
        var (x0, x1, x2, x3) = Philox.Words8(counter, key);
        for (var lane = 0; lane < 8; lane++)
        {
            Assert.Equal(Philox.Words(unchecked(counter + (ulong)lane), key), (x0[lane], x1[lane], x2[lane], x3[lane]));
        }
    }
}
