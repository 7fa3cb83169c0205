using Cdam.Scenes;

namespace Cdam.Training.Tests.Scenes;

public sealed class SceneGeneratorTests
{
    private const int Side = 64;
    private static readonly SceneGenerator Generator = new(Side, seed: 1);

    [Fact]
    public void ClassNames_AreSixteenDifferentOnes()
    {
        Assert.Equal(16, SceneGenerator.ClassNames.Count);
        Assert.Equal(16, SceneGenerator.ClassNames.Distinct().Count());
    }

    [Fact]
    public void Draw_SameSeedSetAndIndex_GivesTheSameScene()
    {
        var first = Generator.Draw(SceneSet.TwoObjects, 5);
        var second = new SceneGenerator(Side, seed: 1).Draw(SceneSet.TwoObjects, 5);

        Assert.Equal(first.Rgb, second.Rgb);
        Assert.Equal(first.Objects.Select(o => (o.ClassIndex, o.Pattern)), second.Objects.Select(o => (o.ClassIndex, o.Pattern)));
        Assert.All(first.Objects.Zip(second.Objects), pair => Assert.Equal(pair.First.Mask, pair.Second.Mask));
    }

    [Fact]
    public void Draw_OtherSeedSetOrIndex_GivesAnotherScene()
    {
        byte[][] pictures =
        [
            Generator.Draw(SceneSet.Train, 5).Rgb,
            Generator.Draw(SceneSet.Train, 6).Rgb,
            Generator.Draw(SceneSet.Test, 5).Rgb,
            new SceneGenerator(Side, seed: 2).Draw(SceneSet.Train, 5).Rgb,
        ];

        Assert.Equal(pictures.Length, pictures.Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public void Stream_StartsAnywhere() =>
        Assert.Equal(Generator.Draw(SceneSet.Train, 9).Rgb, Generator.Stream(SceneSet.Train, start: 7).ElementAt(2).Rgb);

    [Fact]
    public void Draw_TwoObjects_AreOfTwoClassesAndShareNoPixel()
    {
        foreach (var scene in Generator.Stream(SceneSet.TwoObjects).Take(40))
        {
            Assert.Equal(2, scene.Objects.Select(o => o.ClassIndex).Distinct().Count());
            Assert.All(scene.Objects[0].Mask.Zip(scene.Objects[1].Mask), pixel => Assert.NotEqual((1, 1), (pixel.First, pixel.Second)));
            // The smallest are thin shapes at a third of the picture's side.
            Assert.All(scene.Objects, o => Assert.InRange(o.Mask.Sum(bit => bit), Side * Side / 100, Side * Side / 2));
        }
    }

    [Fact]
    public void Draw_AWish_IsGranted()
    {
        var only = Assert.Single(Generator.Draw(SceneSet.Concept, 3, new SceneWish(ClassIndex: 13, TexturePattern.Dotted)).Objects);

        Assert.Equal((13, TexturePattern.Dotted), (only.ClassIndex, only.Pattern));
    }

    [Fact]
    public void Draw_ManyScenes_NeitherPatternNorPlaceNorColourTellsTheClass()
    {
        const int count = 3200;
        var scenes = Generator.Stream(SceneSet.Train).Take(count).Select(scene => (Object: scene.Objects[0], scene.Rgb)).ToList();
        double[] Values(Func<SceneObject, byte[], double> property) => [.. scenes.Select(s => property(s.Object, s.Rgb))];

        foreach (var values in (double[][])
        [
            .. Enum.GetValues<TexturePattern>().Select(pattern => Values((o, _) => o.Pattern == pattern ? 1 : 0)),
            Values((o, _) => Mean(o.Mask, pixel => pixel % Side)),
            .. Enumerable.Range(0, 3).Select(channel => Values((o, rgb) => Mean(o.Mask, pixel => rgb[pixel * 3 + channel]))),
        ])
        {
            // The variance between 16 classes over that within is F-distributed with 15 and 3184 degrees of freedom: mean 1, and above
            // 3 with a probability below 1e-4.
            Assert.InRange(FRatio([.. scenes.Select(s => s.Object.ClassIndex)], values), 0, 3);
        }
    }

    [Fact]
    public void Draw_Side_SetsThePicturesSize()
    {
        var scene = new SceneGenerator(48, 0).Draw(SceneSet.Train, 0);

        Assert.Equal((48, 48 * 48 * 3, 48 * 48), (scene.Side, scene.Rgb.Length, scene.Objects[0].Mask.Length));
    }

    [Theory]
    [InlineData(31)]
    [InlineData(1025)]
    public void Constructor_SideOutOfRange_Refused(int side) => Assert.Throws<ArgumentOutOfRangeException>(() => new SceneGenerator(side, 0));

    private static double Mean(byte[] mask, Func<int, double> value) =>
        Enumerable.Range(0, mask.Length).Where(pixel => mask[pixel] == 1).Select(value).DefaultIfEmpty(0).Average();

    private static double FRatio(int[] classes, double[] values)
    {
        var groups = classes.Zip(values).GroupBy(pair => pair.First, pair => pair.Second).Select(group => group.ToArray()).ToList();
        var all = values.Average();
        var between = groups.Sum(group => group.Length * Math.Pow(group.Average() - all, 2)) / (groups.Count - 1);
        var within = groups.Sum(group => group.Sum(value => Math.Pow(value - group.Average(), 2))) / (values.Length - groups.Count);
        return between / within;
    }
}
