using Cdam.Attribution.Preprocessing;
using Cdam.Training.Heads.Images;
using Cdam.Training.Heads.Latents;

namespace Cdam.Training.Tests.Heads.Latents;

public sealed class LatentFileTests : IDisposable
{
    /// <summary>More than go through the network at once.</summary>
    private const int PerClass = 30;

    private readonly HeadBench _bench = new HeadBench().WithColours(PerClass);
    private readonly FrozenBackbone _backbone;
    private readonly IReadOnlyList<LabelledImage> _images;

    public LatentFileTests()
    {
        _backbone = new FrozenBackbone(_bench.Backbone, "cpu");
        _images = ImageFolder.Read(_bench.Images).Images;
        Assert.InRange(_backbone.AtOnce, 2, _images.Count - 1);
    }

    private string File => _bench.At("latents");

    [Fact]
    public void Complete_Stopped_MakesOnlyTheRestAndTheSame()
    {
        var direct = _backbone.Latents([.. _images.Select(image => _backbone.Prepare(ImageDecoder.Decode(System.IO.File.ReadAllBytes(image.Path), new ImageLimits())))]);
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Complete(1, _ => stop.Cancel(), stop.Token));
        var reports = new List<int>();
        var latents = Complete(1, reports.Add);
        Assert.Equal([_images.Count], reports); // the first group was there
        Assert.Equal(direct, latents);
        Assert.Equal(direct, Complete(1, _ => Assert.Fail("all were there")));
    }

    [Fact]
    public void Complete_FileCutWithinARow_MakesThatGroupAgain()
    {
        var whole = Complete(1);
        var bytes = System.IO.File.ReadAllBytes(File);
        System.IO.File.WriteAllBytes(File, bytes[..^5]);
        Assert.Equal(whole, Complete(1));
        Assert.Equal(bytes, System.IO.File.ReadAllBytes(File));
    }

    [Fact]
    public void Complete_FileOfAnotherKey_BeginsAnew()
    {
        var mine = Complete(1);
        var bytes = System.IO.File.ReadAllBytes(File);
        bytes.AsSpan(40, 200).Clear(); // rows that would be taken for latents
        System.IO.File.WriteAllBytes(File, bytes);
        Assert.NotEqual(mine, Complete(1));
        Assert.Equal(mine, Complete(2));
    }

    [Fact]
    public void Complete_ImageGoneMeanwhile_NamesIt()
    {
        System.IO.File.Delete(_images[3].Path);
        var refusal = Assert.ThrowsAny<IOException>(() => Complete(1));
        Assert.Contains(_images[3].Path, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Latents_PicturesOfDifferentSizes_KeepTheirOrder()
    {
        var pictures = new[] { Grey(16, 10), Grey(32, 90), Grey(16, 200), Grey(32, 30) };
        var together = _backbone.Latents(pictures);
        foreach (var (picture, latent) in pictures.Zip(together))
        {
            // Two at a time against one: the sums of LayerNormed values may round otherwise.
            Assert.All(_backbone.Latents([picture])[0].Zip(latent), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }

        static PixelImage Grey(int side, byte level) => new(side, side, [.. Enumerable.Repeat(level, side * side * 3)]);
    }

    public void Dispose()
    {
        _backbone.Dispose();
        _bench.Dispose();
    }

    private float[][] Complete(byte key, Action<int>? progress = null, CancellationToken cancellation = default) =>
        LatentFile.Complete(File, [.. Enumerable.Repeat(key, 32)], _images, _backbone, progress, cancellation);
}
