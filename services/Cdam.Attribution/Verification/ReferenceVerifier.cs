using Cdam.Attribution.Checkpoints;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Methods;
using Cdam.Attribution.Models;
using Cdam.Attribution.Preprocessing;

namespace Cdam.Attribution.Verification;

/// <summary>Computes the arrays of a reference case that this library knows, and how far each is from its reference.</summary>
public static class ReferenceVerifier
{
    /// <summary>The errors of a case: its weights in every format, then its arrays.</summary>
    /// <param name="reference">The case.</param>
    /// <param name="device"><c>auto</c>, <c>cpu</c> or <c>cuda:N</c>.</param>
    /// <exception cref="ArgumentException">The device cannot be had.</exception>
    /// <exception cref="ModelException">The case's model cannot be loaded.</exception>
    /// <exception cref="CheckpointException">A file of the case cannot be read.</exception>
    public static IReadOnlyList<ArrayError> Verify(ReferenceCase reference, string device = "cpu")
    {
        var formats = reference.Formats();
        using var expected = Checkpoint.Open(Path.Combine(reference.Folder, "expected.safetensors"));
        using var model = ExplainableModel.Load(reference.Folder, formats[0].Manifest, new ModelOptions { Device = device });
        var errors = formats.Skip(1).Select(format => FormatError(reference, formats[0], format)).ToList();
        errors.AddRange(Arrays(reference, model, expected).Select(array =>
            ArrayError.Of(array.Name, array.Values, expected.Tensors[array.Name].ReadFloat32(), Tolerance(array.Name))));
        return errors;
    }

    /// <summary>Layer-wise relevance propagation divides by sums near 0: float32 is up to 1.2e-3 from float64 there.</summary>
    private static double Tolerance(string name) => name == "partial_lrp" ? 3e-3 : ArrayError.UsualTolerance;

    private static IEnumerable<(string Name, float[] Values)> Arrays(ReferenceCase reference, ExplainableModel model, Checkpoint expected)
    {
        var picture = new PixelImage(reference.Width, reference.Height, expected.Tensors["image"].ReadBytes());
        var input = ModelInput.FromPicture(picture);
        var intermediate = model.Engine.Intermediates(input, new OutputTarget(reference.Target));
        yield return ("input", intermediate.Input);
        yield return ("block_input", intermediate.BlockInput);
        yield return ("integrated_cdam_attention_input_all_tokens", intermediate.IntegratedAllTokens);
        foreach (var array in ClassArrays(reference, model, expected, input)
            .Concat(ConceptArrays(model, expected, input)).Concat(PixelArrays(reference, model, expected, input)))
        {
            yield return array;
        }
    }

    private static IEnumerable<(string Name, float[] Values)> ClassArrays(
        ReferenceCase reference, ExplainableModel model, Checkpoint expected, ModelInput input)
    {
        var item = new ExplainItem
        {
            Views = [input],
            Targets = [new OutputTarget(reference.Target), new OutputTarget(reference.WrongTarget)],
            Methods =
            [
                new("cdam"),
                new("attention"),
                new("smooth-cdam") { Space = TokenSpace.BlockInput, Noise = Noise(expected, "smooth_cdam_block_input_noise") },
                new("smooth-cdam") { Space = TokenSpace.AttentionInput, Noise = Noise(expected, "smooth_cdam_attention_input_noise") },
                new("integrated-cdam") { Space = TokenSpace.AttentionInput },
                new("integrated-cdam") { Space = TokenSpace.BlockInput },
                new("relevance-propagation"),
                new("partial-lrp"),
                new("gradcam"),
            ],
            IncludeTokens = true,
            IncludeTokenGradients = true,
            IncludeAttention = true,
        };
        var explanation = Explain(model, item);
        var maps = explanation.Maps;
        yield return ("latent", explanation.Prediction.Latent);
        yield return ("logits", explanation.Prediction.Logits);
        yield return ("tokens", explanation.Tokens!);
        yield return ("token_gradients", explanation.TokenGradients![0]);
        yield return ("attention_heads", explanation.Attention!);
        yield return ("cdam", maps[0].Scores);
        yield return ("cdam_wrong_class", maps[1].Scores);
        yield return ("attention_map", maps[2].Scores);
        yield return ("smooth_cdam_block_input", maps[3].Scores);
        yield return ("smooth_cdam_attention_input", maps[5].Scores);
        yield return ("integrated_cdam_attention_input", maps[7].Scores);
        yield return ("integrated_cdam_block_input", maps[9].Scores);
        yield return ("relevance_propagation", maps[11].Scores);
        yield return ("partial_lrp", maps[13].Scores);
        yield return ("gradcam", maps[15].Scores);

        var all = Explain(model, item with { Targets = [new AllTarget()], Methods = [new("cdam")] });
        yield return ("cdam_all_classes", [.. all.Maps.SelectMany(map => map.Scores)]);
    }

    private static IEnumerable<(string Name, float[] Values)> ConceptArrays(ExplainableModel model, Checkpoint expected, ModelInput input)
    {
        var vector = expected.Tensors["concept_vector"].ReadFloat32();
        (string Name, Similarity Similarity)[] similarities =
            [("dot", Similarity.DotProduct), ("cosine", Similarity.Cosine), ("l2", Similarity.NegativeL2)];
        var explanation = Explain(model, new ExplainItem
        {
            Views = [input],
            Targets = [.. similarities.Select(entry => new ConceptTarget(entry.Name, vector, entry.Similarity))],
            Methods = [new("cdam")],
        });
        return similarities.Select((entry, index) => ($"cdam_concept_{entry.Name}", explanation.Maps[index].Scores));
    }

    private static IEnumerable<(string Name, float[] Values)> PixelArrays(
        ReferenceCase reference, ExplainableModel model, Checkpoint expected, ModelInput input)
    {
        (string Name, MethodRequest Method)[] arrays =
        [
            ("input_x_gradient", new("input-x-gradient")),
            ("integrated_gradients", new("integrated-gradients")),
            ("smooth_gradient", new("smooth-grad") { Noise = Noise(expected, "smooth_gradient_noise") }),
        ];
        var explanation = Explain(model, new ExplainItem
        {
            Views = [input],
            Targets = [new OutputTarget(reference.Target)],
            Methods = [.. arrays.Select(array => array.Method)],
        });
        return arrays.Select((array, index) => (array.Name, explanation.Maps[index].Scores));
    }

    private static ViewExplanation Explain(ExplainableModel model, ExplainItem item)
    {
        model.Check(item);
        return model.Explain([item])[0]!.Views[0];
    }

    private static float[] Noise(Checkpoint expected, string name) => expected.Tensors[name].ReadFloat32();

    /// <summary>Every format must hold the same weights, or exactly those rounded to its 16-bit type.</summary>
    private static ArrayError FormatError(ReferenceCase reference, ReferenceFormat first, ReferenceFormat other)
    {
        using var expected = CheckpointState.Open(reference.Folder, first.Manifest, reference.Architecture);
        using var actual = CheckpointState.Open(reference.Folder, other.Manifest, reference.Architecture);
        var tensors = actual.Tensors.ToDictionary(entry => (entry.Part, entry.Name), entry => entry.Tensor);
        var error = expected.Tensors.Max(entry =>
        {
            var tensor = tensors[(entry.Part, entry.Name)];
            var wanted = entry.Tensor.ReadFloat32().Select(value => Round(value, tensor.Type)).ToArray();
            return ArrayError.Of(entry.Name, tensor.ReadFloat32(), wanted, 0).Error;
        });
        return new ArrayError($"weights:{other.Name}", error, 0);
    }

    private static float Round(float value, TensorType type) => type switch
    {
        TensorType.Float16 => (float)(Half)value,
        TensorType.BFloat16 => RoundToBFloat16(value),
        _ => value,
    };

    /// <summary>To nearest, ties to even.</summary>
    private static float RoundToBFloat16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        bits += 0x7FFF + ((bits >> 16) & 1);
        return BitConverter.UInt32BitsToSingle(bits & 0xFFFF0000);
    }
}
