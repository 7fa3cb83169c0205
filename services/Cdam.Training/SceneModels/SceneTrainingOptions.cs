using System.Text.Json;
using System.Text.Json.Serialization;
using Cdam.Attribution.Backbones;
using static TorchSharp.torch;

namespace Cdam.Training.SceneModels;

/// <summary>How the scene model is trained.</summary>
public sealed record SceneTrainingOptions
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>The architecture; its own size is the scenes'.</summary>
    public BackboneConfig Backbone { get; init; } = new()
    {
        Naming = BackboneNaming.Dino,
        Image = 112,
        Patch = 8,
        Dim = 128,
        Depth = 6,
        Heads = 4,
        Mlp = 512,
    };

    /// <summary>Of scenes, weights and order.</summary>
    public ulong Seed { get; init; }

    /// <summary>Scenes in the training set.</summary>
    public int TrainScenes { get; init; } = 30_000;

    /// <summary>Scenes in the validation set.</summary>
    public int ValidationScenes { get; init; } = 1_000;

    /// <summary>Scenes in the test set.</summary>
    public int TestScenes { get; init; } = 2_000;

    /// <summary>Most times that the training set is gone through.</summary>
    public int Epochs { get; init; } = 14;

    /// <summary>Epochs without a better validation accuracy after which training stops.</summary>
    public int Patience { get; init; } = 4;

    /// <summary>Scenes in a step.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Learning rate at the top of the schedule.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Learning rate of the matrices inside blocks, at the top of the schedule.</summary>
    public double MatrixLearningRate { get; init; } = 0.01;

    /// <summary>Decoupled weight decay of matrices.</summary>
    public double WeightDecay { get; init; } = 0.05;

    /// <summary>Epochs of linear warm-up.</summary>
    public double WarmupEpochs { get; init; } = 0.1;

    /// <summary>Probability that a scene has a piece of another pasted in (CutMix).</summary>
    public double CutMix { get; init; } = 0.25;

    /// <summary>Share of the epochs, from the first on, that see pictures shrunk by <see cref="EarlyShrink"/> and so cost less; below 1.</summary>
    public double EarlyShare { get; init; } = 0.7;

    /// <summary>How many times smaller the sides of early pictures are; divides the patches across.</summary>
    public int EarlyShrink { get; init; } = 2;

    /// <summary>Share of the epochs over which scenes turn from bare silhouettes into what they are, above 0.</summary>
    public double EasingShare { get; init; } = 0.35;

    /// <summary>Weight of the patches' own labels in the loss (token labelling).</summary>
    public double TokenWeight { get; init; } = 1;

    /// <summary>Weight of the objects' pixels in the loss.</summary>
    public double MaskWeight { get; init; } = 2;

    /// <summary>Weight of the surface pattern in the loss.</summary>
    public double PatternWeight { get; init; } = 0.3;

    /// <summary>Decay of the weights' moving average, a step.</summary>
    public double AverageDecay { get; init; } = 0.998;

    /// <summary>Whether products run in bfloat16, about twice as fast on processors that have it.</summary>
    public bool HalfProducts { get; init; } = true;

    /// <summary>Epochs that see smaller pictures.</summary>
    internal int EarlyEpochs => (int)(EarlyShare * Epochs);

    /// <summary>How many times smaller the pictures of an epoch, from 0, are.</summary>
    internal int ShrinkOf(int epoch) => epoch < EarlyEpochs ? EarlyShrink : 1;

    /// <summary>How much scenes are eased, from 1, bare silhouettes, to −1, as they are.</summary>
    /// <param name="time">In epochs, with fractions.</param>
    internal double EasingAt(double time) => 1 - 2 * Math.Min(1, time / (EasingShare * Epochs));

    internal ScalarType Products => HalfProducts ? ScalarType.BFloat16 : ScalarType.Float32;

    /// <summary>Checks the options that could stop training from meaning anything.</summary>
    /// <exception cref="ArgumentException">One is out of range.</exception>
    public void Validate()
    {
        Backbone.Validate();
        Require(BatchSize >= 1 && TrainScenes >= BatchSize, $"scenes is {TrainScenes}; must be at least a batch, {BatchSize}");
        Require(EarlyShare is >= 0 and < 1, $"early share is {EarlyShare}; must be 0 to below 1: the last epochs see whole scenes");
        Require(EasingShare is > 0 and <= 1, $"easing share is {EasingShare}; must be above 0, at most 1");
        Require(CutMix is >= 0 and <= 1, $"cut mix is {CutMix}; must be 0 to 1");
        Require(LearningRate is > 0 and <= 1, $"learning rate is {LearningRate}; must be above 0, at most 1");
        Require(MatrixLearningRate is > 0 and <= 1, $"matrix learning rate is {MatrixLearningRate}; must be above 0, at most 1");

        static void Require(bool condition, FormattableString fault)
        {
            if (!condition)
            {
                throw new ArgumentException(FormattableString.Invariant(fault));
            }
        }
    }

    internal string ToJson() => JsonSerializer.Serialize(this, Json);
}
