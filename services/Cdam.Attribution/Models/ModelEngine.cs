using System.Diagnostics;
using System.Runtime.InteropServices;
using Cdam.Attribution.Arithmetic;
using Cdam.Attribution.Backbones;
using Cdam.Attribution.ClosedForm;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Heads;
using Cdam.Attribution.Methods;
using Cdam.Attribution.Preprocessing;
using Cdam.Attribution.Verification;
using static TorchSharp.torch;

namespace Cdam.Attribution.Models;

/// <summary>
/// The way through a batch: inputs → X, one forward pass for all → [CLS] through the final block → logits → each image's targets →
/// its maps. No statistic crosses images.
/// </summary>
internal sealed class ModelEngine(VisionTransformer backbone, IHead? head, OutputNames outputs, PreprocessingOptions preprocessing, ModelPlacement placement)
{
    private readonly ItemRules _rules = new(backbone.Config, outputs);

    public VisionTransformer Backbone => backbone;

    public IHead? Head => head;

    public Device Device => placement.Device;

    public void Check(ExplainItem item) => _rules.Check(item);

    public void Check(ModelInput input) => _rules.Check(input);

    public IReadOnlyList<Explanation?> Explain(IReadOnlyList<ExplainItem> items, Func<int, bool> cancelled)
    {
        using var noGradient = no_grad();
        var explanations = new Explanation?[items.Count];
        foreach (var positions in ForwardPasses.Of(items))
        {
            Explain(items, positions, explanations, cancelled);
        }

        return explanations;
    }

    public IReadOnlyList<Prediction> Predict(IReadOnlyList<ModelInput> inputs)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return Read(Forward(inputs).ClassToken.Latent);
    }

    /// <summary>The standard forward pass: latents of all blocks in full. What a prediction costs elsewhere.</summary>
    public IReadOnlyList<Prediction> PredictInFull(IReadOnlyList<ModelInput> inputs)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return Read(backbone.Forward(InputTensor(inputs)).to_type(ScalarType.Float32));
    }

    /// <summary>Values of the state that methods of one input and target see, for measuring and verifying.</summary>
    public T Inspect<T>(ModelInput input, Target target, Func<ImageState, T> read)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var batch = Forward([input]);
        var targets = TargetResolution.Resolve([target], outputs, Read(batch.ClassToken.Latent));
        return read(State(batch, 0, input, targets, () => false));
    }

    public Intermediates Intermediates(ModelInput input, OutputTarget target) => Inspect(input, target, image =>
        new Intermediates(Values(image.Input), Values(image.BlockInput), Values(IntegratedCdamMethod.AllTokens(image, 50).Scores)));

    /// <summary>Explains some items by one forward pass.</summary>
    private void Explain(IReadOnlyList<ExplainItem> items, IReadOnlyList<int> group, Explanation?[] explanations, Func<int, bool> cancelled)
    {
        if (group.All(cancelled))
        {
            return;
        }

        using var scope = NewDisposeScope();
        var batch = Forward([.. group.SelectMany(i => items[i].Views)], items[group[0]]);
        var predictions = Read(batch.ClassToken.Latent);
        var first = 0;
        foreach (var i in group)
        {
            var views = items[i].Views.Count;
            explanations[i] = cancelled(i) ? null : Explain(items[i], batch, first, predictions.Slice(first, views), () => cancelled(i));
            first += views;
        }
    }

    /// <param name="inputs">The batch.</param>
    /// <param name="item">Whose methods may need the pass to be recorded; null where none does.</param>
    private BatchState Forward(IReadOnlyList<ModelInput> inputs, ExplainItem? item = null)
    {
        var input = InputTensor(inputs);
        if (item is not null && ForwardPasses.KeepsGraph(item))
        {
            var graph = InputGraph.Of(backbone, input);
            return Finish(input, graph.BlockInput.detach()) with { Graph = graph };
        }

        var (blockInput, trace) = item is not null && ForwardPasses.KeepsTrace(item) ? backbone.Record(input) : (backbone.BlockInput(input), null);
        return Finish(input, blockInput.to_type(ScalarType.Float32)) with { Trace = trace };
    }

    private BatchState Finish(Tensor input, Tensor x)
    {
        var tokens = backbone.Final.Norm1(x);
        var attention = backbone.Final.Attend(new DenseTokens(tokens));
        return new BatchState(input, x, tokens, attention, backbone.Final.Finish(attention, x.select(1, 0)));
    }

    private Explanation? Explain(ExplainItem item, BatchState batch, int first, List<Prediction> views, Func<bool> cancelled)
    {
        var targets = TargetResolution.Resolve(item.Targets, outputs, views);
        try
        {
            return new Explanation
            {
                Prediction = Prediction.Mean(views),
                Targets = targets.All,
                Grid = backbone.Grid(item.Views[0].Height, item.Views[0].Width),
                Views = [.. views.Select((view, index) => Explain(item, State(batch, first + index, item.Views[0], targets, cancelled), targets, view))],
            };
        }
        catch (OperationCanceledException) when (cancelled())
        {
            return null;
        }
    }

    private static ViewExplanation Explain(ExplainItem item, ImageState state, TargetResolution targets, Prediction prediction)
    {
        using var scope = NewDisposeScope();
        var durations = new TimeSpan[item.Methods.Count];
        return new ViewExplanation
        {
            Prediction = prediction,
            Values = targets.Values(prediction),
            Maps = [.. item.Methods.SelectMany((method, position) => Timed(() => Maps(state, method, targets, item.IncludeHeads), out durations[position]))],
            MethodDurations = durations,
            Tokens = item.IncludeTokens ? Values(state.AttentionInput) : null,
            Attention = item.IncludeAttention ? Values(state.Attention.Weights) : null,
            TokenGradients = item.IncludeTokenGradients ? targets.Unsort([.. TokenGradients(state)]) : null,
        };
    }

    private static T Timed<T>(Func<T> work, out TimeSpan duration)
    {
        var started = Stopwatch.GetTimestamp();
        var result = work();
        duration = Stopwatch.GetElapsedTime(started);
        return result;
    }

    private ImageState State(BatchState batch, int index, ModelInput input, TargetResolution targets, Func<bool> cancelled) => new()
    {
        Backbone = backbone,
        Input = batch.Input.narrow(0, index, 1),
        Graph = batch.Graph,
        BlockInput = batch.BlockInput.narrow(0, index, 1),
        AttentionInput = batch.AttentionInput.narrow(0, index, 1),
        Attention = batch.Attention.Sample(index),
        Trace = batch.Trace?.Sample(index),
        IsCancelled = cancelled,
        ClassToken = batch.ClassToken.Sample(index),
        Targets = targets.Functions(head, placement.Device),
        Grid = backbone.Grid(input.Height, input.Width),
        SampleBytes = placement.SampleBytes,
    };

    private static IEnumerable<AttributionMap> Maps(ImageState state, MethodRequest request, TargetResolution targets, bool heads)
    {
        using var scope = NewDisposeScope();
        var parameters = MethodCatalog.Complete(request);
        var method = MethodCatalog.Find(request.Name);
        var tensors = method.Explain(state, parameters, heads);
        var scores = Values(tensors.Scores);
        var split = tensors.Heads is null ? null : Values(tensors.Heads);
        var count = (int)tensors.Scores.shape[0];
        var (rows, columns) = method.Description.Granularity.Extent(state.Grid);
        var maps = Enumerable.Range(0, count).Select(position => new AttributionMap
        {
            Method = method.Description,
            Target = method.Description.ClassDiscriminative ? position : null,
            Rows = rows,
            Columns = columns,
            Scores = Part(scores, position, count),
            Heads = split is null ? null : Part(split, position, count),
            Parameters = parameters,
            CompletenessGap = tensors.CompletenessGaps?[position],
        }).ToArray();
        return method.Description.ClassDiscriminative ? targets.Unsort(maps).Select((map, position) => map with { Target = position }) : maps;
    }

    /// <summary>One target at a time: a gradient of all tokens is as large as the tokens.</summary>
    private static IEnumerable<float[]> TokenGradients(ImageState state)
    {
        for (var target = 0; target < state.Targets.Count; target++)
        {
            using var scope = NewDisposeScope();
            yield return Values(state.Scorer.For(state.Tokens, state.Attention, state.ClassToken, target).Gradients());
        }
    }

    private List<Prediction> Read(Tensor latent)
    {
        var latents = Values(latent);
        var logits = head is null ? [] : Values(head.Logits(latent));
        var count = (int)latent.shape[0];
        return [.. Enumerable.Range(0, count).Select(i => new Prediction(Part(logits, i, count), Part(latents, i, count)))];
    }

    /// <summary>B × 3 × H × W, normalised, in the backbone's type.</summary>
    public Tensor InputTensor(IReadOnlyList<ModelInput> inputs)
    {
        var (height, width) = (inputs[0].Height, inputs[0].Width);
        var parts = inputs.Select(input => input.Picture is { } picture
            ? Normalize(tensor(picture.Rgb, [1, height, width, 3]).to(placement.Device))
            : tensor(input.Normalized!, [1, 3, height, width]).to(placement.Device)).ToArray();
        return (parts.Length == 1 ? parts[0] : cat(parts)).to_type(placement.Type);
    }

    private Tensor Normalize(Tensor pixels)
    {
        var mean = tensor(preprocessing.Mean, [1, 3, 1, 1], device: placement.Device);
        var deviation = tensor(preprocessing.Std, [1, 3, 1, 1], device: placement.Device);
        return pixels.permute(0, 3, 1, 2).to_type(ScalarType.Float32).DivideInPlace(255).sub_(mean).div_(deviation).contiguous();
    }

    private static float[] Part(float[] values, int index, int count) =>
        values.AsSpan(values.Length / count * index, values.Length / count).ToArray();

    private static float[] Values(Tensor tensor)
    {
        var host = tensor.cpu().contiguous();
        return MemoryMarshal.Cast<byte, float>(host.bytes).ToArray();
    }
}
