using Cdam.Attribution.Backbones;
using Cdam.Attribution.Checkpoints;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Heads;
using Cdam.Attribution.Native;
using Cdam.Attribution.Preprocessing;
using Cdam.Attribution.Volumes;
using static TorchSharp.torch;

namespace Cdam.Attribution.Models;

/// <summary>
/// A model on a device, ready to predict and explain. <see cref="Explain"/>, <see cref="Predict"/> and <see cref="WarmUp"/> must be
/// called from one thread at a time; the rest is safe from any.
/// </summary>
public sealed class ExplainableModel : IDisposable
{
    private readonly VisionTransformer _backbone;
    private readonly IHead? _head;
    private readonly ModelPlacement _placement;

    private ExplainableModel(
        ModelManifest manifest, ReadyConcepts concepts, VisionTransformer backbone, IReadOnlyDictionary<string, Tensor> headState, ModelPlacement placement)
    {
        (Manifest, Concepts, Backbone, Device) = (manifest, concepts, backbone.Config, placement.Name);
        ComputeType = placement.ComputeType;
        var head = BuildHead(manifest.Head, headState);
        (_backbone, _head, HeadState, _placement) = (backbone, head, headState, placement);
        Outputs = ModelInspection.NameOutputs(manifest, head?.Outputs ?? 0);
        Preprocessor = new Preprocessor(manifest.Preprocessing, Backbone.Patch);
        Slices = manifest.Volume is { } volume ? new SlicePreprocessor(volume) : null;
        Engine = new ModelEngine(backbone, head, Outputs, manifest.Preprocessing, placement);
    }

    /// <summary>What the folder's manifest says.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>The architecture.</summary>
    public BackboneConfig Backbone { get; }

    /// <summary>Names of the outputs, as many as there are logits.</summary>
    public OutputNames Outputs { get; }

    /// <summary>Brings pictures to the model's size.</summary>
    public Preprocessor Preprocessor { get; }

    /// <summary>Brings slices of crops to the model's size; null for a model that takes pictures only.</summary>
    public SlicePreprocessor? Slices { get; }

    /// <summary>The concepts that came with it.</summary>
    public ReadyConcepts Concepts { get; }

    /// <summary><c>cpu</c> or <c>cuda:N</c>.</summary>
    public string Device { get; }

    /// <summary>What went through the network.</summary>
    public PassCounts Passes => _backbone.Passes;

    /// <summary>The type that the blocks before the final one compute in.</summary>
    public ComputeType ComputeType { get; }

    /// <summary>Side in pixels of a usual square input, in whole patches: the crop's, else the resized picture's, else the one it was made for.</summary>
    public int InputSide
    {
        get
        {
            var side = Manifest.Preprocessing.Crop ?? (Manifest.Preprocessing.Resize == ResizeMode.Exact ? Manifest.Preprocessing.Side : Backbone.Image);
            return Math.Max(side / Backbone.Patch, 1) * Backbone.Patch;
        }
    }

    /// <summary>Loads a model folder: checks hashes, then tensors, then moves them to the device.</summary>
    /// <exception cref="ModelException">The folder breaks a rule.</exception>
    /// <exception cref="CheckpointException">A checkpoint cannot be read.</exception>
    /// <exception cref="ArgumentException">The device or its type cannot be had.</exception>
    public static ExplainableModel Load(string folder, ModelOptions? options = null) =>
        Load(folder, ModelManifest.Read(folder), options ?? new ModelOptions());

    /// <summary>The same with a manifest of one's own.</summary>
    /// <param name="folder">Where the manifest's files are.</param>
    /// <param name="manifest">Takes the place of the folder's.</param>
    /// <param name="options">How to run it.</param>
    public static ExplainableModel Load(string folder, ModelManifest manifest, ModelOptions options)
    {
        TorchRuntime.Load();
        var placement = ModelPlacement.Resolve(options);
        ModelInspection.RequireHashes(folder, manifest);
        var config = manifest.Backbone.Resolve();
        var concepts = ReadyConcepts.Read(folder, manifest, config.Dim);
        using var state = CheckpointState.Open(folder, manifest, config);
        OutputUnits.Check(manifest, state.Outputs);
        ModelInspection.NameOutputs(manifest, state.Outputs);    // Both throw while there is no tensor that would be left behind.
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var tensors = state.Tensors.ToDictionary(
            entry => (entry.Part, entry.Name),
            entry => Load(entry.Tensor, entry.Part == ModelPart.Backbone ? placement.Type : ScalarType.Float32, placement.Device));
        var units = OutputUnits.Of(manifest);
        return Assemble(manifest, concepts, config, placement,
            tensors.Where(entry => entry.Key.Part == ModelPart.Backbone).ToDictionary(entry => entry.Key.Name, entry => entry.Value),
            tensors.Where(entry => entry.Key.Part == ModelPart.Head).ToDictionary(entry => entry.Key.Name, entry => units.Apply(entry.Key.Name, entry.Value)));
    }

    /// <summary>How tokens lie over an input of this size, which must be whole patches.</summary>
    public TokenGrid Grid(int height, int width) => _backbone.Grid(height, width);

    /// <summary>Checks an item against this model, without touching the device.</summary>
    /// <exception cref="AttributionException">A field breaks a rule.</exception>
    /// <exception cref="UnsupportedTargetException">This model cannot serve a target.</exception>
    public void Check(ExplainItem item) => Engine.Check(item);

    /// <summary>Checks an input's size.</summary>
    /// <exception cref="AttributionException">It is not whole patches, or too large.</exception>
    public void Check(ModelInput input) => Engine.Check(input);

    /// <summary>Explains checked items of one input size; they share one forward pass.</summary>
    /// <param name="items">At least one.</param>
    /// <param name="cancelled">Asked before each item's maps are made; items for which it is true come back null.</param>
    public IReadOnlyList<Explanation?> Explain(IReadOnlyList<ExplainItem> items, Func<int, bool>? cancelled = null) =>
        Engine.Explain(items, cancelled ?? (_ => false));

    /// <summary>Logits and latents of inputs of one size, without the part of the final block that [CLS] does not need.</summary>
    public IReadOnlyList<Prediction> Predict(IReadOnlyList<ModelInput> inputs) => Engine.Predict(inputs);

    /// <summary>
    /// The same network with some weights replaced. The others are shared, not copied; either model may be disposed before the other.
    /// </summary>
    /// <param name="replace">
    /// Given part, name and shape of a tensor, its new values, or null to keep it. A head's are as in a checkpoint: units are applied here.
    /// </param>
    internal ExplainableModel WithWeights(Func<ModelPart, string, long[], float[]?> replace)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var units = OutputUnits.Of(Manifest);
        return Assemble(Manifest, Concepts, Backbone, _placement,
            _backbone.State.ToDictionary(entry => entry.Key, entry => Replaced(ModelPart.Backbone, entry.Key, entry.Value) ?? entry.Value.alias()),
            HeadState.ToDictionary(
                entry => entry.Key,
                entry => Replaced(ModelPart.Head, entry.Key, entry.Value) is { } drawn ? units.Apply(entry.Key, drawn) : entry.Value.alias()));

        Tensor? Replaced(ModelPart part, string name, Tensor old) => replace(part, name, old.shape) is { } values ? Place(values, old.shape, old.dtype, old.device) : null;
    }

    /// <summary>The head's weights by name, in clinical units where the manifest states them; empty without head.</summary>
    internal IReadOnlyDictionary<string, Tensor> HeadState { get; }

    /// <summary>The engine, for measuring and for comparing values on the way with a reference.</summary>
    internal ModelEngine Engine { get; }

    /// <summary>Runs every path once, so that the first request does not pay for it.</summary>
    public void WarmUp()
    {
        WarmUpOn([ModelInput.FromPicture(new PixelImage(InputSide, InputSide, new byte[InputSide * InputSide * 3]))]);
        if (Slices is not null)
        {
            var crop = new VolumeCrop(new short[VolumeCrop.Side * VolumeCrop.Side * VolumeCrop.Side]);
            WarmUpOn([.. Slices.Prepare(crop).Select(slice => slice.Input)]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _backbone.Dispose();
        foreach (var tensor in HeadState.Values)
        {
            tensor.Dispose();
        }
    }

    private void WarmUpOn(IReadOnlyList<ModelInput> views)
    {
        Target target = _head is null ? new ConceptTarget("warm-up", [.. Enumerable.Repeat(1f, Backbone.Dim)], Similarity.DotProduct) : new OutputTarget(0);
        Explain([new ExplainItem { Views = views, Targets = [target], Methods = [new("cdam"), new("smooth-cdam"), new("integrated-cdam"), new("input-x-gradient")] }]);
        Predict(views);
    }

    /// <summary>Takes the tensors out of the open dispose scope into a model that owns them.</summary>
    private static ExplainableModel Assemble(
        ModelManifest manifest, ReadyConcepts concepts, BackboneConfig config, ModelPlacement placement, Dictionary<string, Tensor> backbone, Dictionary<string, Tensor> head)
    {
        foreach (var tensor in backbone.Values.Concat(head.Values))
        {
            tensor.DetachFromDisposeScope();
        }

        return new ExplainableModel(manifest, concepts, new VisionTransformer(config, backbone), head, placement);
    }

    private static Tensor Load(CheckpointTensor source, ScalarType type, Device device) => Place(source.ReadFloat32(), [.. source.Shape], type, device);

    /// <summary>
    /// Copies values out of their array into torch's own memory, which is aligned: products round otherwise where it is not, so that the
    /// same model would answer with other last digits each time it is loaded.
    /// </summary>
    private static Tensor Place(float[] values, long[] shape, ScalarType type, Device device) => tensor(values, shape).to(type, device, copy: true);

    private static IHead? BuildHead(HeadKind kind, IReadOnlyDictionary<string, Tensor> state) => kind switch
    {
        HeadKind.Linear => new LinearHead(state["weight"], state["bias"]),
        HeadKind.Mlp => new MlpHead(state["0.weight"], state["0.bias"], state["2.weight"], state["2.bias"]),
        _ => null,
    };
}
