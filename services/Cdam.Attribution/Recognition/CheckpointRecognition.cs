using Cdam.Attribution.Backbones;
using Cdam.Attribution.Checkpoints;
using Cdam.Attribution.Models;

namespace Cdam.Attribution.Recognition;

/// <summary>Tells from a checkpoint's tensor names and shapes which models are in it.</summary>
public static class CheckpointRecognition
{
    private const string DinoToken = "cls_token";
    private const string TorchvisionToken = "class_token";

    /// <summary>The backbones, in the order of the file: each has a [CLS] token of one of the known names.</summary>
    public static IReadOnlyList<RecognisedBackbone> Backbones(Checkpoint checkpoint)
    {
        var found = new List<RecognisedBackbone>();
        foreach (var name in checkpoint.Tensors.Keys)
        {
            foreach (var token in (string[])[DinoToken, TorchvisionToken])
            {
                if (name == token || name.EndsWith("." + token, StringComparison.Ordinal))
                {
                    found.Add(Recognise(checkpoint, name[..^token.Length], token == TorchvisionToken));
                }
            }
        }

        return found;
    }

    /// <summary>The heads whose first layer takes a latent of the backbone: matrices with a bias that are not the backbone's own.</summary>
    /// <param name="checkpoint">The file.</param>
    /// <param name="prefix">What stands before the backbone's names.</param>
    /// <param name="config">The backbone's architecture.</param>
    public static IReadOnlyList<RecognisedHead> Heads(Checkpoint checkpoint, string prefix, BackboneConfig config)
    {
        var names = new StateNames(config.Naming);
        var backbone = BackboneState.Describe(config).Select(entry => entry.Name).ToHashSet();
        var heads = new List<RecognisedHead>();
        foreach (var tensor in checkpoint.Tensors.Values.Where(tensor => tensor.Name.EndsWith(".weight", StringComparison.Ordinal)))
        {
            var isBackbone = tensor.Name.StartsWith(prefix, StringComparison.Ordinal) && backbone.Contains(names.Modernize(tensor.Name[prefix.Length..]));
            if (!isBackbone && Head(checkpoint, tensor.Name[..^"weight".Length], config.Dim) is { } head)
            {
                heads.Add(head);
            }
        }

        return heads;
    }

    private static RecognisedHead? Head(Checkpoint checkpoint, string prefix, int dim)
    {
        if (Layer(checkpoint, prefix) is not { } first || first.Inputs != dim)
        {
            return null;
        }

        if (!prefix.EndsWith(".0.", StringComparison.Ordinal))
        {
            return new RecognisedHead(prefix, HeadKind.Linear, first.Outputs);
        }

        var stem = prefix[..^"0.".Length];
        return Layer(checkpoint, stem + "2.") is { } second && second.Inputs == first.Outputs ? new RecognisedHead(stem, HeadKind.Mlp, second.Outputs) : null;
    }

    /// <summary>The sizes of a linear layer with a bias; null if there is none under this prefix.</summary>
    private static (long Inputs, long Outputs)? Layer(Checkpoint checkpoint, string prefix) =>
        Shape(checkpoint, prefix + "weight") is [var outputs, var inputs] && Shape(checkpoint, prefix + "bias") is [var biases] && biases == outputs
            ? (inputs, outputs)
            : null;

    private static RecognisedBackbone Recognise(Checkpoint checkpoint, string prefix, bool torchvision)
    {
        var isSecond = !torchvision && checkpoint.Tensors.ContainsKey(prefix + StateNames.Registers);
        var naming = torchvision ? BackboneNaming.Torchvision : isSecond ? BackboneNaming.DinoV2 : BackboneNaming.Dino;
        var names = new StateNames(naming);
        var shapes = checkpoint.Tensors.Values.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal))
            .ToLookup(tensor => names.Modernize(tensor.Name[prefix.Length..]), tensor => tensor.Shape);
        var fitting = BackboneCatalog.All.Where(known => known.Value.Naming == naming && Fits(known.Value, shapes)).Select(known => known.Key);
        return new RecognisedBackbone(prefix, naming, Summary(shapes, names), [.. fitting]);
    }

    private static bool Fits(BackboneConfig config, ILookup<string, IReadOnlyList<long>> shapes) =>
        BackboneState.Describe(config).All(entry => shapes[entry.Name].FirstOrDefault()?.SequenceEqual(entry.Shape) == true);

    private static string Summary(ILookup<string, IReadOnlyList<long>> shapes, StateNames names)
    {
        var blocks = 0;
        while (shapes.Contains(names.Block(blocks).Norm1Weight))
        {
            blocks++;
        }

        var width = shapes[names.ClassToken].First() is [.., var dim] ? dim : 0;
        var patch = shapes[names.PatchWeight].FirstOrDefault() is [.., var side] ? side : 0;
        var tokens = shapes[names.Positions].FirstOrDefault() is [_, var positions, _] ? positions : 0;
        return FormattableString.Invariant($"width {width}, {blocks} blocks, patch {patch}, positions of {tokens} tokens");
    }

    private static IReadOnlyList<long>? Shape(Checkpoint checkpoint, string name) =>
        checkpoint.Tensors.TryGetValue(name, out var tensor) ? tensor.Shape : null;
}
