using Cdam.Attribution.Models;

namespace Cdam.Attribution.Randomisation;

/// <summary>
/// Copies of a model with weights re-drawn (<see cref="RedrawnWeights"/>), as the sanity checks of Adebayo et al. need them ("Sanity checks
/// for saliency maps", NeurIPS 2018). The model itself stays as it is. A copy shares what was not re-drawn with it, and is disposed as
/// soon as the next one is asked for: use it before, on the thread that iterates.
/// </summary>
/// <param name="model">Must outlive the iterations.</param>
/// <param name="seed">The same seed gives the same weights, whichever iteration they are drawn in.</param>
public sealed class WeightRandomisation(ExplainableModel model, ulong seed)
{
    /// <summary>From the output to the input.</summary>
    public IReadOnlyList<WeightStage> Stages { get; } = WeightStages.Of(model.Backbone, model.HeadState.Keys);

    /// <summary>Cascading: the first stage re-drawn, then the first two, until nothing is left of what was learned.</summary>
    public IEnumerable<RandomisedModel> Cascading()
    {
        ExplainableModel? current = null;
        try
        {
            foreach (var stage in Stages)
            {
                var deeper = Redraw(current ?? model, stage);
                current?.Dispose();
                current = deeper;
                yield return new RandomisedModel(stage, current);
            }
        }
        finally
        {
            current?.Dispose();
        }
    }

    /// <summary>Independent: each stage re-drawn alone, all others as they were learned.</summary>
    public IEnumerable<RandomisedModel> Independent()
    {
        foreach (var stage in Stages)
        {
            using var redrawn = Redraw(model, stage);
            yield return new RandomisedModel(stage, redrawn);
        }
    }

    private ExplainableModel Redraw(ExplainableModel from, WeightStage stage) => from.WithWeights(
        (part, name, shape) => stage.Tensors.Contains((part, name)) ? RedrawnWeights.Draw(part, name, shape, seed) : null);
}
