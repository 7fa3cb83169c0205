using Cdam.Attribution.Explanations;
using Cdam.Explainer.Configuration;
using Cdam.Explainer.Devices;
using Cdam.Explainer.Models;
using Cdam.Explainer.Wire;

namespace Cdam.Explainer.Concepts;

/// <summary>Finds concepts by their ids: those that came with the model, then those that ConceptService keeps.</summary>
internal sealed class ConceptFinder(KeptConcepts kept)
{
    /// <param name="id">Case does not matter.</param>
    /// <param name="model">Whose targets it is to be among.</param>
    /// <param name="field">Where the id is.</param>
    /// <param name="call">How long its answer is wanted.</param>
    /// <exception cref="AttributionException">The id is too long; or none of that id came with the model, and there is no ConceptService to ask.</exception>
    /// <exception cref="ConceptNotFoundException">There is none; near matches of both places are named.</exception>
    /// <exception cref="ConceptMismatchException">It belongs to another model.</exception>
    /// <exception cref="ConceptServiceLostException">ConceptService cannot be asked now.</exception>
    public async ValueTask<ConceptTarget> FindAsync(string id, ServedModel model, string field, CallLifetime call)
    {
        TextRules.RequireLength(id, TextRules.LongestId, field);
        try
        {
            return model.Engine.Concepts.Find(id).Target;
        }
        catch (AttributionException unknown)
        {
            return kept.Exists
                ? await FindKeptAsync(id, model, $"{field} {unknown.Description}", call)
                : throw new AttributionException(
                    field, $"{unknown.Description}; this server knows no ConceptService to ask ({ExplainerOptions.Section}:{nameof(ExplainerOptions.ConceptService)})");
        }
    }

    /// <param name="unknown">That it did not come with the model, for people.</param>
    private async Task<ConceptTarget> FindKeptAsync(string id, ServedModel model, string unknown, CallLifetime call)
    {
        try
        {
            return (await kept.FindAsync(id, call)).For(model.Name, model.Engine);
        }
        catch (ConceptNotFoundException fault)
        {
            throw new ConceptNotFoundException(fault.Id, $"{unknown}; ConceptService: {fault.Message}");
        }
    }
}
