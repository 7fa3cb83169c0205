using System.Text.Json;
using Cdam.Scoring.Perturbations;

namespace Cdam.Scoring.Tests.Perturbations;

public sealed class PillowBlurTests
{
    private static readonly string Values = Repository.PathOf("tests", "Cdam.Scoring.Tests", "Perturbations", "pillow_blur.json");

    [Fact]
    public void Apply_PicturesOfMakePillowBlur_AreThoseOfPillowByteForByte()
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Values));
        Assert.Equal(7, cases.RootElement.GetArrayLength());
        foreach (var known in cases.RootElement.EnumerateArray())
        {
            var (width, height) = (known.GetProperty("width").GetInt32(), known.GetProperty("height").GetInt32());
            var radius = known.GetProperty("radius").GetSingle();

            var blurred = PillowBlur.Apply(known.GetProperty("rgb").GetBytesFromBase64(), width, height, radius);

            Assert.Equal(known.GetProperty("blurred").GetBytesFromBase64(), blurred);
        }
    }

    [Fact]
    public void Apply_AnyPicture_LeavesItsInputAlone()
    {
        var picture = Enumerable.Range(0, 20 * 30 * 3).Select(i => (byte)(i * 37)).ToArray();
        var before = picture.ToArray();

        var blurred = PillowBlur.Apply(picture, 30, 20);

        Assert.Equal(before, picture);
        Assert.NotEqual(picture, blurred);
    }

    [Fact]
    public void Apply_WrongNumberOfBytes_NamesBothNumbers() =>
        Assert.Contains("11 bytes; 2 × 2 × 3 are needed", Assert.Throws<ArgumentException>(() => PillowBlur.Apply(new byte[11], 2, 2)).Message, StringComparison.Ordinal);

    [Fact]
    public void BaselineBlur_EachKind_IsTheBlurThatItNames()
    {
        var picture = Enumerable.Range(0, 20 * 30 * 3).Select(i => (byte)(i * 37)).ToArray();

        Assert.Equal(PillowBlur.Apply(picture, 30, 20), BaselineBlur.PillowGaussian.Apply(picture, 30, 20));
        Assert.Equal(GaussianBlur.Apply(picture, 30, 20), BaselineBlur.OpenCvGaussian.Apply(picture, 30, 20));
        Assert.Equal("pillow-gaussian radius=14", BaselineBlur.PillowGaussian.Description());
        Assert.Equal("opencv-gaussian sigma=14", BaselineBlur.OpenCvGaussian.Description());
        Assert.Throws<ArgumentOutOfRangeException>(() => ((BaselineBlur)9).Description());
    }
}
