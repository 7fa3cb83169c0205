using Cdam.Attribution.Backbones;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Methods;

namespace Cdam.Attribution.Models;

/// <summary>What an item must fulfil for a model; none of it needs the device.</summary>
internal sealed class ItemRules(BackboneConfig config, OutputNames outputs)
{
    private const int MostTargets = 64;
    private const int MostMethods = 16;
    private const int MostTokens = 16384;
    private const int MostViews = 16;
    private const int MostSamples = 1000;

    public void Check(ModelInput input)
    {
        if (input.Height % config.Patch != 0 || input.Width % config.Patch != 0)
        {
            throw new AttributionException("image", $"is {input.Width} × {input.Height} pixels; both must be multiples of the patch size {config.Patch}");
        }

        var tokens = (long)(input.Height / config.Patch) * (input.Width / config.Patch);
        if (tokens > MostTokens)
        {
            throw new AttributionException("image", $"is {input.Width} × {input.Height} pixels, {tokens} patches; at most {MostTokens} are accepted");
        }
    }

    public void Check(ExplainItem item)
    {
        Check(item.Views);
        if (item.Targets.Count > MostTargets)
        {
            throw new AttributionException("targets", $"has {item.Targets.Count} entries; at most {MostTargets} are accepted");
        }

        if (item.Methods.Count > MostMethods)
        {
            throw new AttributionException("methods", $"has {item.Methods.Count} entries; at most {MostMethods} are accepted");
        }

        foreach (var (target, index) in item.Targets.Select((target, index) => (target, index)))
        {
            Check(target, $"targets[{index}]");
        }

        foreach (var (method, index) in item.Methods.Select((method, index) => (method, index)))
        {
            Check(method, item.Views[0], $"methods[{index}]");
        }

        if (item.Targets.Count == 0 && item.NeedsTarget)
        {
            throw new AttributionException("targets", "has no entries; what is asked for depends on a target");
        }
    }

    private void Check(IReadOnlyList<ModelInput> views)
    {
        if (views.Count is 0 or > MostViews)
        {
            throw new AttributionException("image", $"has {views.Count} views; must have 1 to {MostViews}");
        }

        foreach (var view in views)
        {
            Check(view);
            if (view.Height != views[0].Height || view.Width != views[0].Width)
            {
                throw new AttributionException("image",
                    $"has views of {views[0].Width} × {views[0].Height} and {view.Width} × {view.Height} pixels; all must have one size");
            }
        }
    }

    private void Check(Target target, string field)
    {
        if (target is ConceptTarget concept)
        {
            CheckConcept(concept, $"{field}.concept.vector");
            return;
        }

        if (outputs.Count == 0)
        {
            throw new UnsupportedTargetException($"{field} asks for an output, but this model has no head; its targets are concepts");
        }

        if (target is OutputTarget output && (output.Index < 0 || output.Index >= outputs.Count))
        {
            throw new AttributionException($"{field}.index", $"is {output.Index}; must be 0 to {outputs.Count - 1}");
        }

        if (target is TopTarget top && (top.Count < 1 || top.Count > outputs.Count))
        {
            throw new AttributionException($"{field}.top", $"is {top.Count}; must be 1 to {outputs.Count}");
        }
    }

    private void CheckConcept(ConceptTarget concept, string field)
    {
        if (concept.Vector.Length != config.Dim)
        {
            throw new AttributionException(field, $"has {concept.Vector.Length} values; this model's latents have {config.Dim}");
        }

        if (ConceptTarget.Fault(concept.Vector) is { } fault)
        {
            throw new AttributionException(field, fault);
        }
    }

    private void Check(MethodRequest method, ModelInput input, string field)
    {
        try
        {
            MethodCatalog.Complete(method);
        }
        catch (AttributionException exception)
        {
            throw new AttributionException($"{field}.{exception.Field}", exception.Description);
        }

        if (method.Noise is not null)
        {
            var grid = new TokenGrid(input.Height / config.Patch, input.Width / config.Patch, config.Patch, config.PrefixTokens);
            CheckNoise(method, MethodCatalog.Describe(method.Name).Granularity.NoiseShape(grid, config.Dim), $"{field}.noise");
        }
    }

    /// <param name="method">With noise.</param>
    /// <param name="shape">That a sample must have.</param>
    /// <param name="field">The noise's path in the request.</param>
    private static void CheckNoise(MethodRequest method, int[] shape, string field)
    {
        if (method.NoiseShape is { } given && !given.Skip(1).SequenceEqual(shape.Select(extent => (long)extent)))
        {
            throw new AttributionException($"{field}.shape", $"is [{string.Join(", ", given)}]; must be [samples, {string.Join(", ", shape)}]");
        }

        var (length, sample) = (method.Noise!.LongLength, shape.Aggregate(1L, (product, extent) => product * extent));
        if (length == 0 || length % sample != 0 || length / sample > MostSamples)
        {
            throw new AttributionException(field, $"has {length} values; must be 1 to {MostSamples} samples of {string.Join(" × ", shape)}");
        }
    }
}
