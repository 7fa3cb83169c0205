using System.Text.Json;
using System.Text.Json.Serialization;
using Cdam.Attribution.Models;
using static TorchSharp.torch;

namespace Cdam.Training.LungModels;

/// <summary>How a lung CT model is trained; the defaults are the published ones where they are known.</summary>
public sealed record LungTrainingOptions
{
    private const double Decay = 0.95;
    private const double CycleFloor = 0.1;
    private const int HalfCyclesPerTraining = 10;
    private const int LargestEpochs = 10_000;
    private const int LargestBatch = 4_096;
    private const int WidestHead = 65_536;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Malignancy or biomarker.</summary>
    public required ModelKind Kind { get; init; }

    /// <summary>The id of the model that is written; default <c>lung-malignancy</c> or <c>lung-biomarkers</c>.</summary>
    [JsonIgnore]
    public string? Name { get; init; }

    /// <summary>Split and schedule; default the appendix's.</summary>
    public LungRecipe Recipe { get; init; } = LungRecipe.Appendix;

    /// <summary>Of splits, the head's first weights, order and views.</summary>
    public ulong Seed { get; init; }

    /// <summary>Most times that the training part is gone through, 1 to 10,000; default 50.</summary>
    public int Epochs { get; init; } = 50;

    /// <summary>Epochs without a better validation loss after which training stops, at least 1; null, the default: never.</summary>
    public int? Patience { get; init; }

    /// <summary>Nodules in a step, 1 to 4,096; default 32.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Learning rate at the top of the schedule, above 0, at most 1; default 3e-4.</summary>
    public double LearningRate { get; init; } = 3e-4;

    /// <summary>
    /// How many tensors are trained, counted from the end of the network's list of parameters, the head's first; at least the head's.
    /// Published: 10 to 50. Default 50, or all where the network has fewer.
    /// </summary>
    public int TrainableTensors { get; init; } = 50;

    /// <summary>Share of values dropped after each product of a branch, 0 to below 1; published 0 to 0.09; default 0.</summary>
    public double Dropout { get; init; }

    /// <summary>Width of the head's hidden layer; 0: one linear layer; null: none for malignancy, 64 for biomarkers.</summary>
    public int? Hidden { get; init; }

    /// <summary>Whether products run in bfloat16, about twice as fast on processors that have it.</summary>
    public bool HalfProducts { get; init; } = true;

    /// <summary>The model's id: <see cref="Name"/>, or the default.</summary>
    [JsonIgnore]
    public string Id => Name ?? (Kind == ModelKind.Biomarker ? "lung-biomarkers" : "lung-malignancy");

    internal ScalarType Products => HalfProducts ? ScalarType.BFloat16 : ScalarType.Float32;

    /// <summary>Width of the head's hidden layer: <see cref="Hidden"/>, or the default.</summary>
    [JsonIgnore]
    public int HiddenWidth => Hidden ?? (Kind == ModelKind.Biomarker ? 64 : 0);

    /// <summary>
    /// The factor on the learning rate. The cyclic one rises and falls five times in a training, from a tenth: the paper says neither.
    /// </summary>
    internal Func<double, double> Schedule => Recipe == LungRecipe.Main
        ? Fitting.LearningRate.Exponential(Decay)
        : Fitting.LearningRate.Triangular2((double)Epochs / HalfCyclesPerTraining, CycleFloor);

    /// <summary>Checks every property.</summary>
    /// <exception cref="ArgumentException">All faults, in one message.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        Require(Kind is ModelKind.Malignancy or ModelKind.Biomarker, $"kind is {Kind}; must be Malignancy or Biomarker");
        Require(ModelManifest.IsId(Id), $"name is \"{Name}\"; {ModelManifest.IdRule}");
        Require(Enum.IsDefined(Recipe), $"recipe is {Recipe}; must be Main or Appendix");
        Require(Epochs is >= 1 and <= LargestEpochs, $"epochs is {Epochs}; must be 1 to {LargestEpochs}");
        Require(Patience is null or >= 1, $"patience is {Patience}; must be at least 1");
        Require(BatchSize is >= 1 and <= LargestBatch, $"batch size is {BatchSize}; must be 1 to {LargestBatch}");
        Require(LearningRate is > 0 and <= 1, $"learning rate is {LearningRate}; must be above 0, at most 1");
        Require(TrainableTensors >= 1, $"trainable tensors is {TrainableTensors}; must be at least 1");
        Require(Dropout is >= 0 and < 1, $"dropout is {Dropout}; must be 0 to below 1");
        Require(Hidden is null or (>= 0 and <= WidestHead), $"hidden is {Hidden}; must be 0 to {WidestHead}");
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", faults));
        }

        void Require(bool condition, FormattableString fault)
        {
            if (!condition)
            {
                faults.Add(FormattableString.Invariant(fault));
            }
        }
    }

    internal string ToJson() => JsonSerializer.Serialize(this, Json);
}
