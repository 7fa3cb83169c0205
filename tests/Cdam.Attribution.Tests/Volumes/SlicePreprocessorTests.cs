using Cdam.Attribution.Preprocessing;
using Cdam.Attribution.Tests.ClosedForm;
using Cdam.Attribution.Volumes;
using static TorchSharp.torch;

namespace Cdam.Attribution.Tests.Volumes;

public sealed class SlicePreprocessorTests
{
    private static readonly VolumeOptions Options = new() { Mean = -300, Std = 250, Side = 112 };

    [Theory]
    [InlineData(32)]
    [InlineData(56)]
    [InlineData(224)]
    public void Prepare_ASlice_IsTorchsBilinearOfTheClampedAndNormalisedSlice(int side)
    {
        var slice = TestVolumes.Distinct.Slice(SliceView.Axial, 15);    // −1024 to −1: some below the window
        var prepared = new SlicePreprocessor(Options with { Side = side }).Prepare(slice);
        using var units = tensor(slice.Voxels.ToArray().Select(unit => (float)unit).ToArray(), [1, 1, 32, 32]).clamp(-1000, 400);
        using var resized = nn.functional.interpolate(units, [side, side], mode: InterpolationMode.Bilinear, align_corners: false);
        using var expected = ((resized - Options.Mean) / Options.Std).expand(1, 3, side, side).contiguous();
        using var actual = tensor(prepared.Input.Normalized!, [1, 3, side, side]);
        TensorAssert.Close(expected, actual);
    }

    [Fact]
    public void Prepare_UnitsBeyondTheWindow_AreItsEnds()
    {
        var slice = new ViewSlice(SliceView.Axial, Enumerable.Range(0, 1024).Select(i => (short)(i % 2 == 0 ? -2048 : 3071)).ToArray());
        var prepared = new SlicePreprocessor(Options with { Side = 32 }).Prepare(slice);
        Assert.Equal([(-1000f + 300) / 250, (400f + 300) / 250], prepared.Input.Normalized!.Distinct());
        Assert.Equal([0, 255], prepared.Prepared.Picture.Rgb.Distinct().Select(grey => (int)grey));
    }

    [Fact]
    public void Prepare_ACrop_GivesTheSliceOfEachViewThatTheOptionsName()
    {
        var preprocessor = new SlicePreprocessor(Options with { Slice = 14 });
        var slices = preprocessor.Prepare(TestVolumes.Nodule);
        Assert.Equal([SliceView.Axial, SliceView.Coronal, SliceView.Sagittal], slices.Select(slice => slice.View));
        Assert.All(slices, slice =>
        {
            Assert.Equal(preprocessor.Prepare(TestVolumes.Nodule.Slice(slice.View, 14)).Input.Normalized!, slice.Input.Normalized!);
            Assert.Equal(new SourceRegion(0, 0, 32, 32), slice.Prepared.SourceRegion);
        });
        Assert.NotEqual(slices[0].Input.Normalized!, slices[1].Input.Normalized!);
        Assert.NotEqual(slices[1].Input.Normalized!, slices[2].Input.Normalized!);
    }

    [Fact]
    public void ForPictures_NormalisesThePictureOfASliceToTheSlice()
    {
        var prepared = new SlicePreprocessor(Options).Prepare(TestVolumes.Nodule.Slice(SliceView.Coronal, 16));
        var pictures = Options.ForPictures();
        var halfALevel = 0.5 / 255 / pictures.Std[0] * 1.001;    // the picture's 8 bits; the rest is float32's rounding
        var values = prepared.Prepared.Picture.Rgb.Where((_, index) => index % 3 == 0).Select(grey => (grey / 255.0 - pictures.Mean[0]) / pictures.Std[0]);
        Assert.All(values.Zip(prepared.Input.Normalized!), pair => Assert.Equal(pair.First, pair.Second, halfALevel));
        Assert.Same(prepared.Prepared.Picture, new Preprocessor(pictures, 8).Prepare(prepared.Prepared.Picture).Picture);
    }
}
