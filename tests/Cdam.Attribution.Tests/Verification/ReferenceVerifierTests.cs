using Cdam.Attribution.Verification;

namespace Cdam.Attribution.Tests.Verification;

public sealed class ReferenceVerifierTests
{
    /// <summary>float32 itself is up to 4e-6 from float64 here; another order of summation doubles that.</summary>
    private const double Attainable = 1e-5;

    /// <summary>Divisions by sums near 0 magnify the rounding of what is divided, here up to forty times.</summary>
    private const double AttainableLrp = 1e-4;

    [Theory]
    [InlineData("dino-linear")]
    [InlineData("dino-wide-input")]
    [InlineData("dinov2-registers-biomarkers")]
    [InlineData("torchvision-malignancy")]
    public void Verify_OfEachArchitecture_IsWithinRoundingOfTheReference(string name)
    {
        var reference = ReferenceCase.Read(ReferenceFolder.Path(name, ""));
        var errors = ReferenceVerifier.Verify(reference);
        Assert.All(errors, error => Assert.True(error.Error <= Math.Min(error.Name == "partial_lrp" ? AttainableLrp : Attainable, error.Tolerance), $"{error}"));
        Assert.Equal(5 + 25, errors.Count);    // formats beside the first, arrays
    }
}
