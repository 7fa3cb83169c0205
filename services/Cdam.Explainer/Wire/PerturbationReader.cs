using System.Numerics;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;
using Cdam.Explainer.Concepts;
using Cdam.Explainer.Devices;
using Cdam.Explainer.Models;
using Cdam.Explainer.Perturbations;

namespace Cdam.Explainer.Wire;

/// <summary>Reads the messages of a Predict stream.</summary>
internal static class PerturbationReader
{
    private const int MostConcepts = 64;
    private const int MostSteps = 255;

    /// <exception cref="AttributionException">An output or concept does not fit the model.</exception>
    /// <exception cref="UnsupportedTargetException">There is nothing to return.</exception>
    /// <exception cref="ConceptNotFoundException">A concept is nowhere; see <see cref="ConceptFinder"/> for others.</exception>
    public static async Task<PredictionReadout> ReadReadoutAsync(V1.PredictSetup setup, ServedModel model, ConceptFinder finder, CallLifetime call)
    {
        var outputs = model.Engine.Outputs.Count;
        foreach (var (output, position) in setup.OutputIndices.Select((output, position) => (output, position)))
        {
            if (output < 0 || output >= outputs)
            {
                throw new AttributionException($"setup.output_indices[{position}]", outputs == 0
                    ? $"is {output}; this model has no outputs, only concepts"
                    : $"is {output}; must be 0 to {outputs - 1}");
            }
        }

        if (outputs == 0 && setup.Concepts.Count + setup.ConceptIds.Count == 0)
        {
            throw new UnsupportedTargetException("setup names no concept, and this model has no outputs: nothing would be returned");
        }

        return new PredictionReadout(setup.OutputIndices.Count > 0 ? [.. setup.OutputIndices] : [.. Enumerable.Range(0, outputs)], await ReadConceptsAsync(setup, model, finder, call));
    }

    private static async Task<IReadOnlyList<ConceptTarget>> ReadConceptsAsync(
        V1.PredictSetup setup, ServedModel model, ConceptFinder finder, CallLifetime call)
    {
        RequireCount(setup.Concepts.Count, "setup.concepts");
        RequireCount(setup.ConceptIds.Count, "setup.concept_ids");
        var concepts = setup.Concepts.Select((concept, position) => ConceptReader.Read(concept, model.Engine, $"setup.concepts[{position}]")).ToList();
        for (var position = 0; position < setup.ConceptIds.Count; position++)
        {
            concepts.Add(await finder.FindAsync(setup.ConceptIds[position], model, $"setup.concept_ids[{position}]", call));
        }

        return concepts;
    }

    private static void RequireCount(int count, string field)
    {
        if (count > MostConcepts)
        {
            throw new AttributionException(field, $"has {count} entries; at most {MostConcepts} are accepted");
        }
    }

    /// <exception cref="AttributionException">A picture breaks a rule, or the baseline has another size.</exception>
    public static PerturbedPicture ReadPicture(V1.PerturbationPicture sent, ExplainableModel model)
    {
        if (sent.Picture is null)
        {
            throw new AttributionException("picture.picture", "is absent; must be given");
        }

        var picture = PictureReader.Read(sent.Picture, "picture.picture");
        PictureReader.Check(model, ModelInput.FromPicture(picture), "picture.picture");
        var baseline = sent.Baseline is null ? picture : PictureReader.Read(sent.Baseline, "picture.baseline");
        return baseline.Width == picture.Width && baseline.Height == picture.Height
            ? new PerturbedPicture(picture, baseline)
            : throw new AttributionException("picture.baseline",
                $"is {baseline.Width} × {baseline.Height} pixels; must be {picture.Width} × {picture.Height} as the picture");
    }

    /// <exception cref="AttributionException">The region does not fit the picture.</exception>
    public static PixelRegion ReadRegion(V1.Perturbation sent, PerturbedPicture picture) => sent.RegionCase switch
    {
        V1.Perturbation.RegionOneofCase.Box => ReadBox(sent.Box, picture),
        V1.Perturbation.RegionOneofCase.RankPlan => ReadPlan(sent.RankPlan, picture),
        V1.Perturbation.RegionOneofCase.BitMask => ReadMask(sent.BitMask.Memory, picture),
        V1.Perturbation.RegionOneofCase.Everything => new WholeRegion(sent.Everything),
        _ => throw new AttributionException("perturbation.region", "is not set; must be box, rank_plan, bit_mask or everything"),
    };

    private static BoxRegion ReadBox(V1.Box box, PerturbedPicture picture)
    {
        var fits = box is { Top: >= 0, Left: >= 0, Height: >= 0, Width: >= 0 }
            && (long)box.Top + box.Height <= picture.Height && (long)box.Left + box.Width <= picture.Width;
        return fits
            ? new BoxRegion(box.Top, box.Left, box.Height, box.Width)
            : throw new AttributionException("perturbation.box",
                $"is top {box.Top}, left {box.Left}, height {box.Height}, width {box.Width}; must lie within {picture.Height} rows × {picture.Width} columns");
    }

    private static RankRegion ReadPlan(V1.RankPlan plan, PerturbedPicture picture)
    {
        if (plan.StepCount is < 1 or > MostSteps)
        {
            throw new AttributionException("perturbation.rank_plan.step_count", $"is {plan.StepCount}; must be 1 to {MostSteps}");
        }

        return plan.FirstStep.Length == picture.Pixels
            ? new RankRegion(plan.FirstStep.Memory, plan.StepCount)
            : throw new AttributionException("perturbation.rank_plan.first_step", $"has {plan.FirstStep.Length} bytes; the picture has {picture.Pixels} pixels");
    }

    private static MaskRegion ReadMask(ReadOnlyMemory<byte> mask, PerturbedPicture picture)
    {
        var needed = (picture.Pixels + 7) / 8;
        if (mask.Length != needed)
        {
            throw new AttributionException("perturbation.bit_mask", $"has {mask.Length} bytes; {picture.Pixels} pixels must have {needed}");
        }

        var used = picture.Pixels - 8 * (needed - 1);
        return BitOperations.Log2(mask.Span[^1]) < used
            ? new MaskRegion(mask)
            : throw new AttributionException("perturbation.bit_mask", $"sets bits beyond the last of {picture.Pixels} pixels; padding must be zero");
    }
}
