using Cdam.Evaluator.Sources;
using Cdam.Scenes;
using Cdam.V1;

namespace Cdam.Evaluator.Tests.Sources;

public sealed class SceneImagesTests
{
    [Theory]
    [InlineData(GeneratedSet.OneObject, SceneSet.OneObject)]
    [InlineData(GeneratedSet.TwoObjects, SceneSet.TwoObjects)]
    [InlineData(GeneratedSet.Validation, SceneSet.Validation)]
    public void Read_AnyScene_IsTheGeneratorsWithItsLabelsAndTheFirstOnesMask(GeneratedSet set, SceneSet drawn)
    {
        var scenes = new GeneratedScenes { Set = set, Count = 9, Seed = 5, Side = 48 };
        var expected = new SceneGenerator(48, 5).Draw(drawn, 7);

        var read = SceneImages.Read(scenes, 7, withMask: true);

        Assert.Equal(expected.Rgb, read.Image.Picture.Rgb.ToByteArray());
        Assert.Equal((48, 48), (read.Image.Picture.Width, read.Image.Picture.Height));
        Assert.Equal(expected.Objects.Select(seen => SceneGenerator.ClassNames[seen.ClassIndex]), read.Labels.Select(label => label.Output));
        Assert.Equal(SceneImages.LabelCount(scenes), read.Labels.Count);
        Assert.Equal(expected.Objects[0].Mask, read.Mask!.Inside);
        Assert.Null(SceneImages.Read(scenes, 7, withMask: false).Mask);
    }
}
