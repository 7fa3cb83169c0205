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
    /// <summary>The first label is the target; where every image has two, they are told apart.</summary>
    public LabelUse LabelUse => LabelCount switch
    {
        0 => LabelUse.Unspecified,
        1 => LabelUse.Target,
        _ => LabelUse.Pair,
    };

    /// <summary>What metrics can be made of.</summary>
    public MetricNeeds Available => MetricNeeds.Curves | MetricNeeds.Boxes | MetricNeeds.TokenGradients
        | (LabelUse == LabelUse.Pair ? MetricNeeds.TwoLabels : MetricNeeds.None)
        | (HasMasks ? MetricNeeds.Mask : MetricNeeds.None);

    /// <summary>Uploads images.</summary>
    /// <exception cref="Grpc.Core.RpcException">The evaluator refuses one of them.</exception>
    public static async Task<BenchSource> Upload(
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
