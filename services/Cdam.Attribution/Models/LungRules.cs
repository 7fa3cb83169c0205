namespace Cdam.Attribution.Models;

/// <summary>What the lung CT members of a manifest must fulfil.</summary>
internal static class LungRules
{
    public static IEnumerable<string> Faults(ModelManifest manifest)
    {
        var isBiomarker = manifest.Kind == ModelKind.Biomarker;
        if (manifest.Volume is { } volume)
        {
            var faults = isBiomarker || manifest.Kind == ModelKind.Malignancy
                ? volume.Faults(Patch(manifest.Backbone))
                : [$"volume is given for kind {manifest.Kind}; only Malignancy and Biomarker take volumes"];
            foreach (var fault in faults)
            {
                yield return fault;
            }
        }

        if (manifest.OutputScale is { } scales)
        {
            foreach (var fault in isBiomarker ? Faults(scales) : [$"output_scale is given for kind {manifest.Kind}; only Biomarker's outputs have units"])
            {
                yield return fault;
            }
        }
        else if (isBiomarker && manifest.Volume is not null)
        {
            yield return "output_scale is absent; biomarkers of volumes are told in clinical units";
        }

        if (isBiomarker && manifest.Outputs is { } outputs && !NamesFit(outputs))
        {
            yield return $"outputs is [{string.Join("; ", outputs)}]; kind Biomarker has {string.Join(", ", Biomarkers.Names)}, in this order";
        }
    }

    /// <summary>1 where the backbone is at fault itself, which is told elsewhere.</summary>
    private static int Patch(BackboneReference backbone)
    {
        try
        {
            return backbone.Resolve().Patch;
        }
        catch (ArgumentException)
        {
            return 1;
        }
    }

    private static IEnumerable<string> Faults(IReadOnlyList<OutputScale> scales)
    {
        if (scales.Count != Biomarkers.Names.Count)
        {
            yield return $"output_scale has {scales.Count} entries; must be {Biomarkers.Names.Count}, one for each biomarker";
        }

        foreach (var (scale, index) in scales.Select((scale, index) => (scale, index)))
        {
            if (scale is null)
            {
                yield return $"output_scale[{index}] is null; must be an object";
                continue;
            }

            if (!float.IsFinite(scale.Mean))
            {
                yield return $"output_scale[{index}].mean is {scale.Mean}; must be finite";
            }

            if (!(scale.Std > 0 && float.IsFinite(scale.Std)))
            {
                yield return $"output_scale[{index}].std is {scale.Std}; must be above 0 and finite";
            }

            if (string.IsNullOrWhiteSpace(scale.Unit))
            {
                yield return $"output_scale[{index}].unit is \"{scale.Unit}\"; must say what the value is measured in";
            }
        }
    }

    private static bool NamesFit(IReadOnlyList<string> outputs) =>
        outputs.Select(names => names?.Split(", ")[0].Trim()).SequenceEqual(Biomarkers.Names, StringComparer.OrdinalIgnoreCase);
}
