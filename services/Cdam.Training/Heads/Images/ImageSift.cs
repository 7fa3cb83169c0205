using Cdam.Attribution.Preprocessing;
using Cdam.Training.Fitting;

namespace Cdam.Training.Heads.Images;

/// <summary>Tells images that can be used from files that cannot, before time is spent on them.</summary>
/// <param name="prepare">Makes the network's input of a picture, or throws.</param>
/// <param name="progress">Told how far it is; may be null.</param>
/// <param name="leftOut">Told of each file that is left out; may be null.</param>
internal sealed class ImageSift(Func<PixelImage, PixelImage> prepare, IProgress<TrainingProgress>? progress, Action<LeftOutImage>? leftOut)
{
    /// <summary>How many files were left out so far.</summary>
    public int LeftOut { get; private set; }

    /// <summary>The folder's images that can be read.</summary>
    /// <param name="folder">All files are read once.</param>
    /// <param name="least">How many of each class there must be.</param>
    /// <exception cref="ArgumentException">A class has fewer; all such classes are named.</exception>
    public IReadOnlyList<LabelledImage> Readable(ImageFolder folder, int least, CancellationToken cancellation)
    {
        var faults = Faults(folder.Images, cancellation);
        var readable = folder.Images.Where((_, index) => faults[index] is null).ToList();
        foreach (var (image, fault) in folder.Images.Zip(faults).Where(pair => pair.Second is not null))
        {
            LeftOut++;
            leftOut?.Invoke(new LeftOutImage(image.Path, fault!));
        }

        var counts = readable.CountBy(image => image.ClassIndex).ToDictionary();
        var few = folder.Classes.Index().Where(entry => counts.GetValueOrDefault(entry.Index) < least)
            .Select(entry => $"\"{entry.Item}\" has {counts.GetValueOrDefault(entry.Index)}").ToList();
        return few.Count == 0
            ? readable
            : throw new ArgumentException(
                $"{folder.Path}: each class must have at least {least} images that can be read; {ClassList.Show(few)}");
    }

    private string?[] Faults(IReadOnlyList<LabelledImage> images, CancellationToken cancellation)
    {
        var faults = new string?[images.Count];
        var done = 0;
        Parallel.For(0, images.Count, new ParallelOptions { CancellationToken = cancellation }, index =>
        {
            faults[index] = ImageFiles.Fault(images[index], prepare);
            progress?.Report(new TrainingProgress("checking images", Interlocked.Increment(ref done), images.Count));
        });
        return faults;
    }
}
