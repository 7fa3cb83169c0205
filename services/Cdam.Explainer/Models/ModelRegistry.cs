using Cdam.Attribution.Explanations;
using Cdam.V1.Paging;

namespace Cdam.Explainer.Models;

/// <summary>The models that this server has.</summary>
internal sealed class ModelRegistry
{
    private const int UsualPage = 100;
    private const int LargestPage = 1000;
    private SortedDictionary<string, ServedModel> _models = new(StringComparer.Ordinal);
    private volatile bool _isDraining;

    /// <summary>By name.</summary>
    public IReadOnlyCollection<ServedModel> All => _models.Values;

    /// <summary>Whether further requests are refused.</summary>
    public bool IsDraining => _isDraining;

    /// <summary>Whether every model takes requests.</summary>
    public bool IsServing => !_isDraining && _models.Count > 0 && _models.Values.All(model => model.IsReady);

    /// <summary>Takes the loaded models, once, before the server listens.</summary>
    public void Fill(IEnumerable<ServedModel> models) =>
        _models = new(models.ToDictionary(model => model.Name), StringComparer.Ordinal);

    /// <summary>Refuses all further requests.</summary>
    public void Drain() => _isDraining = true;

    /// <summary>A model in whatever state.</summary>
    /// <exception cref="AttributionException">The name is empty.</exception>
    /// <exception cref="UnknownModelException">There is none of that name.</exception>
    public ServedModel Get(string name, string field)
    {
        if (name.Length == 0)
        {
            throw new AttributionException(field, "is empty; must be a model's name, models/{id}");
        }

        return _models.TryGetValue(name, out var model) ? model : throw new UnknownModelException(name, _models.Keys);
    }

    /// <summary>A model that takes requests.</summary>
    /// <exception cref="NotServingException">It has not warmed up, or the server drains.</exception>
    public ServedModel Serve(string name, string field)
    {
        if (_isDraining)
        {
            throw NotServingException.Draining();
        }

        var model = Get(name, field);
        return model.IsReady ? model : throw NotServingException.Loading(model.Name);
    }

    /// <summary>A page of models by name.</summary>
    /// <param name="size">0 means 100; more than 1000 means 1000.</param>
    /// <param name="token">Of the page before; empty for the first.</param>
    /// <exception cref="AttributionException">The size is negative, or the token is not one.</exception>
    public ModelPage List(int size, string token)
    {
        if (size < 0)
        {
            throw new AttributionException("page_size", $"is {size}; must be 0 (the default, {UsualPage}) or more");
        }

        var last = PageToken.Last(token) ?? throw new AttributionException("page_token", PageToken.Fault);
        var most = size == 0 ? UsualPage : Math.Min(size, LargestPage);
        var rest = _models.Values.Where(model => string.CompareOrdinal(model.Name, last) > 0).Take(most + 1).ToList();
        var page = rest.Take(most).ToList();
        return new ModelPage(page, rest.Count > most ? PageToken.After(page[^1].Name) : "");
    }
}
