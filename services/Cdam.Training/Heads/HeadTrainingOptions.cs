using System.Text.Json;

namespace Cdam.Training.Heads;

/// <summary>
/// How a linear head is trained on a frozen backbone. Augmentation, loss, optimiser and its rate are those of the head in
/// "Class-Discriminative Attention Maps for Vision Transformers" (Brocki, Binda, Chung; arXiv 2312.02364) for ImageNet.
/// </summary>
public sealed record HeadTrainingOptions
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Of the split, the order and the augmentation.</summary>
    public ulong Seed { get; init; }

    /// <summary>Most times that the images are gone through; at least 1, default 100.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>Epochs without a lower validation loss after which training stops; at least 1, default 10.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>Images in a step; at least 1, default 64.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Adam's learning rate; above 0, at most 1, default 3e-4.</summary>
    public double LearningRate { get; init; } = 3e-4;

    /// <summary>
    /// Random resized crop and horizontal flip, default true. Without it every image has one latent, which is computed once: then an epoch
    /// costs next to nothing.
    /// </summary>
    public bool Augment { get; init; } = true;

    /// <summary>Share of each class kept back for validation where no folder is given for it; above 0, below 1, default 0.2.</summary>
    public double ValidationShare { get; init; } = 0.2;

    /// <summary>What must not change when a training goes on; it may go on for more epochs than first asked for.</summary>
    internal string ToJson() => JsonSerializer.Serialize(new { Seed, BatchSize, LearningRate, Augment, ValidationShare }, Json);

    /// <exception cref="ArgumentException">All faults, in one message.</exception>
    internal void Validate()
    {
        var faults = new List<string>();
        Require(Epochs >= 1, $"epochs is {Epochs}; must be at least 1");
        Require(Patience >= 1, $"patience is {Patience}; must be at least 1");
        Require(BatchSize >= 1, $"batch size is {BatchSize}; must be at least 1");
        Require(LearningRate is > 0 and <= 1, $"learning rate is {LearningRate}; must be above 0, at most 1");
        Require(ValidationShare is > 0 and < 1, $"validation share is {ValidationShare}; must be above 0 and below 1");
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", faults));
        }

        void Require(bool condition, string fault)
        {
            if (!condition)
            {
                faults.Add(fault);
            }
        }
    }
}
