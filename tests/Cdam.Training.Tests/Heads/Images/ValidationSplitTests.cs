using Cdam.Training.Heads.Images;
using CsCheck;

namespace Cdam.Training.Tests.Heads.Images;

public sealed class ValidationSplitTests
{
    private static readonly Gen<(int[] Counts, double Share, ulong Seed)> Cases = Gen.Select(Gen.Int[2, 40].Array[2, 6], Gen.Double[0.01, 0.99], Gen.ULong);

    [Fact]
    public void Draw_AnyClasses_KeepsTheShareOfEachAndLosesNone() => Cases.Sample(entry =>
    {
        var images = Images(entry.Counts);
        var (training, validation) = ValidationSplit.Draw(images, entry.Share, entry.Seed);
        Assert.Equal(images.OrderBy(image => image.Path), training.Concat(validation).OrderBy(image => image.Path));
        foreach (var (index, count) in entry.Counts.Index())
        {
            var kept = validation.Count(image => image.ClassIndex == index);
            Assert.InRange(kept, 1, count - 1);
            Assert.True(Math.Abs(kept - entry.Share * count) <= 0.5 || kept == 1 || kept == count - 1);
        }
    }, iter: 200, threads: 1);

    [Fact]
    public void Draw_SameSeed_SplitsAlikeAndAnotherDoesNot()
    {
        var images = Images([30, 30]);
        Assert.Equal(Kept(7), Kept(7));
        Assert.NotEqual(Kept(7), Kept(8));

        List<string> Kept(ulong seed) => [.. ValidationSplit.Draw(images, 0.3, seed).Validation.Select(image => image.Path)];
    }

    [Fact]
    public void Draw_AClassMore_LeavesTheOthersSplitAsItWas()
    {
        var (_, few) = ValidationSplit.Draw(Images([10, 10]), 0.2, 1);
        var (_, more) = ValidationSplit.Draw(Images([10, 10, 10]), 0.2, 1);
        Assert.Equal(few, more.Where(image => image.ClassIndex < 2));
    }

    private static List<LabelledImage> Images(int[] counts) =>
        [.. counts.SelectMany((count, index) => Enumerable.Range(0, count).Select(i => new LabelledImage($"{index}/{i:00}", $"{index}/{i:00}", index)))];
}
