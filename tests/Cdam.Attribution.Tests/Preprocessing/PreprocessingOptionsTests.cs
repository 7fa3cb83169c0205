using System.Text.Json;
using Cdam.Attribution.Preprocessing;

namespace Cdam.Attribution.Tests.Preprocessing;

public sealed class PreprocessingOptionsTests
{
    public static TheoryData<PreprocessingOptions> OneChangeEach =>
    [
        new PreprocessingOptions { Resize = ResizeMode.Exact },
        new PreprocessingOptions { Side = 255 },
        new PreprocessingOptions { Kernel = ResizeKernel.Bilinear },
        new PreprocessingOptions { Crop = null },
        new PreprocessingOptions { TrimToPatch = true },
        new PreprocessingOptions { Mean = [0.485f, 0.456f, 0.5f] },
        new PreprocessingOptions { Std = [0.5f, 0.224f, 0.225f] },
    ];

    [Fact]
    public void Json_Defaults_AreImageNetsInSnakeCase() => Assert.Equal(
        """
        {"resize":"shorter_side","side":256,"kernel":"bicubic","crop":224,"trim_to_patch":false,
        """ + """
        "mean":[0.485,0.456,0.406],"std":[0.229,0.224,0.225]}
        """,
        JsonSerializer.Serialize(new PreprocessingOptions()));

    [Theory]
    [MemberData(nameof(OneChangeEach))]
    public void Json_OneChange_ComesBackEqualAndDiffersFromTheDefaults(PreprocessingOptions options)
    {
        var back = JsonSerializer.Deserialize<PreprocessingOptions>(JsonSerializer.Serialize(options))!;
        Assert.Equal(options, back);
        Assert.Equal(options.GetHashCode(), back.GetHashCode());
        Assert.NotEqual(new PreprocessingOptions(), back);
        back.Validate();
    }

    [Theory]
    [InlineData("""{"mode":"exact"}""")]
    [InlineData("""{"resize":"longest"}""")]
    [InlineData("""{"side":"big"}""")]
    public void Json_UnknownNameOrValue_IsRefused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<PreprocessingOptions>(json));

    [Fact]
    public void Validate_SeveralFaults_NamesEach()
    {
        var options = new PreprocessingOptions
        {
            Resize = (ResizeMode)9,
            Kernel = (ResizeKernel)9,
            Side = 0,
            Crop = 5000,
            Mean = [0, 0, float.NaN],
            Std = [1, 1, 0],
        };
        var message = Assert.Throws<ArgumentException>(options.Validate).Message;
        foreach (var fault in new[] { ".Resize (9)", ".Kernel (9)", ".Side (0)", ".Crop (5000)", ".Mean (0, 0, NaN)", ".Std (1, 1, 0)" })
        {
            Assert.Contains(fault, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Validate_ArraysMissingOrOfOtherLength_AreFaults()
    {
        Assert.Throws<ArgumentException>(new PreprocessingOptions { Mean = null! }.Validate);
        Assert.Throws<ArgumentException>(new PreprocessingOptions { Std = [1, 1] }.Validate);
    }

    [Fact]
    public void Validate_SideUnusedBecauseNothingIsResized_Passes() =>
        new PreprocessingOptions { Resize = ResizeMode.None, Side = 0 }.Validate();
}
