using Cdam.Scoring.Metrics;
using Cdam.V1;

namespace Cdam.Cli.Benching;

/// <summary>Where a benchmark's images are, and what is known of all of them.</summary>
/// <param name="Wire">As requests name it.</param>
/// <param name="ImageCount">At least 1.</param>
/// <param name="LabelCount">The fewest labels of an image.</param>
/// <param name="HasMasks">Whether every image has one.</param>
internal sealed record BenchSource(BenchmarkSource Wire, int ImageCount, int LabelCount, bool HasMasks)
{
    /// <summary>What metrics can be made of.</summary>
    public MetricNeeds Available => MetricNeeds.Curves | MetricNeeds.Boxes | MetricNeeds.TokenGradients
        | (LabelCount >= 2 ? MetricNeeds.TwoLabels : MetricNeeds.None)
        | (HasMasks ? MetricNeeds.Mask : MetricNeeds.None);

    /// <summary>The first label is the target; with a metric that tells classes apart, the second is the wrong class.</summary>
    /// <param name="needs">Of the metrics.</param>
    public LabelUse LabelUse(MetricNeeds needs) => needs.HasFlag(MetricNeeds.TwoLabels) ? V1.LabelUse.Pair
        : LabelCount > 0 ? V1.LabelUse.Target
        : V1.LabelUse.Unspecified;

    /// <summary>Scenes, or a folder's images, which are uploaded.</summary>
    /// <param name="evaluator">Where to.</param>
    /// <param name="images">A folder, or one of <see cref="BenchScenes.Names"/>.</param>
    /// <param name="limit">Images at most.</param>
    /// <param name="seed">Of scenes.</param>
    /// <param name="cancellation">Ends the upload.</param>
    /// <exception cref="Grpc.Core.RpcException">The evaluator refuses an image.</exception>
    /// <exception cref="ArgumentException">There are no such images.</exception>
    public static async Task<BenchSource> Open(
        EvaluatorService.EvaluatorServiceClient evaluator, string images, int limit, ulong seed, CancellationToken cancellation) =>
        BenchScenes.Find(images, limit, seed) ?? await Upload(evaluator, BenchImages.Read(images, limit), cancellation);

    private static async Task<BenchSource> Upload(
        EvaluatorService.EvaluatorServiceClient evaluator, IEnumerable<UploadImagesRequest> images, CancellationToken cancellation)
    {
        using var upload = evaluator.UploadImages(cancellationToken: cancellation);
        var (labels, masks) = (int.MaxValue, true);
        foreach (var image in images)
        {
            (labels, masks) = (Math.Min(labels, image.Labels.Count), masks && image.Masks.Count > 0);
            await upload.RequestStream.WriteAsync(image, cancellation);
        }

        await upload.RequestStream.CompleteAsync();
        var kept = await upload;
        return new BenchSource(new BenchmarkSource { ImageSet = kept.ImageSet }, kept.ImageCount, labels, masks);
    }
}
