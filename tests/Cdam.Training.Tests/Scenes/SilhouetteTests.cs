using Cdam.Randomness;
using Cdam.Scenes;
using Cdam.Scenes.Silhouettes;

namespace Cdam.Training.Tests.Scenes;

public sealed class SilhouetteTests
{
    private const int Side = 64;

    public static TheoryData<int> Classes => [.. Enumerable.Range(0, Silhouette.Names.Count)];

    [Theory]
    [MemberData(nameof(Classes))]
    public void Draw_EveryClass_IsOnePieceThatVaries(int classIndex)
    {
        var random = new RandomStream(2, (uint)classIndex);
        var areas = new List<double>();
        for (var draw = 0; draw < 20; draw++)
        {
            var parts = Silhouette.Draw(classIndex, random)
                .Select(part => part with { Outline = [.. part.Outline.Select(p => new OpenCvSharp.Point2d(32 + 28 * p.X, 32 + 28 * p.Y))] });
            var coverage = Rasterizer.Coverage(Side, [.. parts]);
            areas.Add(coverage.Sum());
            Assert.Equal(1, Pieces(coverage));
        }

        // Between a thin key and a full house.
        Assert.All(areas, area => Assert.InRange(area / (Side * Side), 0.05, 0.7));
        Assert.True(areas.Max() > 1.02 * areas.Min(), "every draw has the same area");
    }

    /// <summary>Connected pieces of more than two pixels; soft edges may leave one alone.</summary>
    private static int Pieces(float[] coverage)
    {
        using var mask = OpenCvSharp.Mat.FromPixelData(Side, Side, OpenCvSharp.MatType.CV_8UC1, coverage.Select(c => c >= 0.5f ? (byte)255 : (byte)0).ToArray());
        using var labels = new OpenCvSharp.Mat();
        using var stats = new OpenCvSharp.Mat();
        using var centroids = new OpenCvSharp.Mat();
        var count = OpenCvSharp.Cv2.ConnectedComponentsWithStats(mask, labels, stats, centroids);
        return Enumerable.Range(1, count - 1).Count(label => stats.At<int>(label, (int)OpenCvSharp.ConnectedComponentsTypes.Area) > 2);
    }
}
