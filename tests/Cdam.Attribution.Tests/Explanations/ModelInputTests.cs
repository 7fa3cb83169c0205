using Cdam.Attribution.Explanations;
using Cdam.Attribution.Preprocessing;

namespace Cdam.Attribution.Tests.Explanations;

public sealed class ModelInputTests
{
    [Theory]
    [InlineData(2, 3, 17, "has 17 values; 3 × 2 × 3 must be 18")]
    [InlineData(0, 3, 0, "has 0 values; 3 × 0 × 3 must be 0")]
    [InlineData(-1, -1, 3, "has 3 values")]
    [InlineData(65536, 65536, 3, "must be 12884901888")]    // no overflow
    public void FromNormalized_LengthThatDoesNotFit_IsRefused(int height, int width, int length, string message)
    {
        var refusal = Assert.Throws<AttributionException>(() => ModelInput.FromNormalized(height, width, new float[length]));
        Assert.Equal("tensor", refusal.Field);
        Assert.Contains(message, refusal.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN, "value 2 is NaN; values must be finite")]
    [InlineData(float.NegativeInfinity, "value 2 is -Infinity; values must be finite")]
    public void FromNormalized_ValueThatIsNotFinite_IsRefusedWithItsPosition(float value, string message) =>
        Assert.Equal(message, Assert.Throws<AttributionException>(() => ModelInput.FromNormalized(1, 1, [0, 0, value])).Description);

    [Fact]
    public void FromPicture_AnyPicture_HasItsSize()
    {
        var input = ModelInput.FromPicture(new PixelImage(3, 2, new byte[18]));
        Assert.Equal((2, 3, null), (input.Height, input.Width, input.Normalized));
    }
}
