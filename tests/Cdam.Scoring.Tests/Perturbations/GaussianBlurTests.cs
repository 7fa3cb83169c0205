using Cdam.Scoring.Perturbations;
using CsCheck;

namespace Cdam.Scoring.Tests.Perturbations;

public sealed class GaussianBlurTests
{
    [Fact]
    public void Apply_AnyPicture_LeavesItsInputAlone()
    {
        var picture = Enumerable.Range(0, 20 * 30 * 3).Select(i => (byte)(i * 37)).ToArray();
        var before = picture.ToArray();

        var blurred = GaussianBlur.Apply(picture, 30, 20);

        Assert.Equal(before, picture);
        Assert.NotEqual(picture, blurred);
    }

    [Fact]
    public void Apply_OneColour_GivesThatColour()
    {
        Gen.Select(Gen.Byte, Gen.Int[1, 40], Gen.Int[1, 40]).Sample((grey, width, height) =>
        {
            var picture = new byte[width * height * 3];
            Array.Fill(picture, grey);

            // The kernel's fixed-point weights sum to 1 within rounding.
            Assert.All(GaussianBlur.Apply(picture, width, height), value => Assert.InRange(value - grey, -1, 1));
        }, iter: 50);
    }

    [Fact]
    public void Apply_EachChannel_IsBlurredByItself()
    {
        var red = new byte[16 * 16 * 3];
        for (var i = 0; i < red.Length; i += 3)
        {
            red[i] = (byte)i;
        }

        var blurred = GaussianBlur.Apply(red, 16, 16);

        Assert.All(Enumerable.Range(0, 16 * 16), i => Assert.Equal((0, 0), (blurred[(3 * i) + 1], blurred[(3 * i) + 2])));
        Assert.Contains(blurred, value => value > 0);
    }

    [Fact]
    public void Apply_WrongNumberOfBytes_NamesBothNumbers()
    {
        var fault = Assert.Throws<ArgumentException>(() => GaussianBlur.Apply(new byte[11], 2, 2));

        Assert.Contains("11 bytes; 2 × 2 × 3 are needed", fault.Message, StringComparison.Ordinal);
    }
}
