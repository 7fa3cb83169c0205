using System.Text.Json;
using System.Text.Json.Serialization;
using Cdam.Attribution.Backbones;
using static TorchSharp.torch;

namespace Cdam.Training.SceneModels;

/// <summary>How the scene model is trained. The defaults made the one that ships.</summary>
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
        Dim = 160,
        Depth = 6,
        Heads = 5,
        Mlp = 640,
    };

    /// <summary>Of scenes, weights and order.</summary>
    public ulong Seed { get; init; }

    /// <summary>Scenes in the training set.</summary>
    public int TrainScenes { get; init; } = 40_000;

    /// <summary>Scenes in the validation set.</summary>
    public int ValidationScenes { get; init; } = 1_000;

    /// <summary>Scenes in the test set.</summary>
    public int TestScenes { get; init; } = 2_000;

    /// <summary>Most times that the training set is gone through.</summary>
    public int Epochs { get; init; } = 12;

    /// <summary>Epochs without a better validation accuracy after which training stops.</summary>
    public int Patience { get; init; } = 4;

    /// <summary>Scenes in a step.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Learning rate at the top of the schedule.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Decoupled weight decay of matrices.</summary>
    public double WeightDecay { get; init; } = 0.05;

    /// <summary>Epochs of linear warm-up.</summary>
    public double WarmupEpochs { get; init; } = 0.5;

    /// <summary>Probability that a scene has a piece of another pasted in (CutMix).</summary>
    public double CutMix { get; init; } = 0.5;

    /// <summary>Share of patches kept in the first epochs (PatchDropout), which makes them about twice as fast.</summary>
    public double KeptPatches { get; init; } = 0.5;

    /// <summary>Last epochs, which see all patches.</summary>
    public int WholeEpochs { get; init; } = 3;

    /// <summary>Weight of the patches' own labels in the loss (token labelling).</summary>
    public double TokenWeight { get; init; } = 1;

    /// <summary>Weight of the surface pattern in the loss.</summary>
    public double PatternWeight { get; init; } = 0.3;

    /// <summary>Decay of the weights' moving average, a step.</summary>
    public double AverageDecay { get; init; } = 0.998;

    /// <summary>Whether products run in bfloat16, about twice as fast on processors that have it.</summary>
    public bool HalfProducts { get; init; } = true;

    internal ScalarType Products => HalfProducts ? ScalarType.BFloat16 : ScalarType.Float32;

    internal string ToJson() => JsonSerializer.Serialize(this, Json);
}
