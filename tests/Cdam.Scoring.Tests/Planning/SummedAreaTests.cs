using Cdam.Scoring.Maps;
using Cdam.Scoring.Perturbations;
using Cdam.Scoring.Planning;
using CsCheck;

namespace Cdam.Scoring.Tests.Planning;

public sealed class SummedAreaTests
{
    [Fact]
    public void Within_AnyBox_IsTheSumOfItsScores()
    {
        var input =
            from height in Gen.Int[1, 12]
            from width in Gen.Int[1, 12]
            from scale in Gen.Int[-3, 3].Select(tens => MathF.Pow(10, 10 * tens))
            from scores in Gen.Float[-1, 1].Array[height * width]
            from top in Gen.Int[0, height - 1]
            from left in Gen.Int[0, width - 1]
            from boxHeight in Gen.Int[1, height - top]
            from boxWidth in Gen.Int[1, width - left]
            select (height, width, scale, scores, box: new PixelBox(top, left, boxHeight, boxWidth));
        input.Sample(sample =>
        {
            var (height, width, scale, _, box) = sample;
            var scores = Array.ConvertAll(sample.scores, score => score * scale);
            var expected = 0.0;
            for (var row = box.Top; row < box.Top + box.Height; row++)
            {
                expected += scores.AsSpan((row * width) + box.Left, box.Width).ToArray().Sum(score => (double)score);
            }

            // Each score is cut at 2⁻³⁹ of the largest or finer; at most 144 of them.
            var sum = Loaded(scores, height, width).Within(box);
            Assert.Equal(expected / scale, sum / scale, 144 * 2e-12);
        });
    }

    [Fact]
    public void Within_BoxesOverEqualScores_HaveExactlyEqualSums()
    {
        // In floating point, differences of sums of 0.1 come out unequal, and a correlation would be made of rounding.
        var scores = Enumerable.Repeat(0.1f, 64 * 64).ToArray();
        scores[0] = 1000;
        var area = Loaded(scores, 64, 64);

        var sums = Enumerable.Range(1, 50).Select(corner => area.Within(new PixelBox(corner, corner, 13, 13))).ToArray();

        Assert.All(sums, sum => Assert.Equal(sums[0], sum));
        Assert.Equal(16.9, sums[0], 1e-5); // 169 × 0.1 in float32, below 1000 × 2⁻³⁹ × 169
    }

    private static SummedArea Loaded(float[] scores, int height, int width)
    {
        var area = new SummedArea(height, width);
        area.Load(PixelMap.OfPixels(Enumerable.Repeat(7f, height * width).ToArray(), height, width));
        area.Load(PixelMap.OfPixels(scores, height, width));
        return area;
    }

    [Fact]
    public void Within_MapOfZeros_IsZero() => Assert.Equal(0, Loaded(new float[4], 2, 2).Within(new PixelBox(0, 0, 2, 2)));
}
