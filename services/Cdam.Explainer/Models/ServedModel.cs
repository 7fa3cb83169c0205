using Cdam.Attribution.Models;

namespace Cdam.Explainer.Models;

/// <summary>A loaded model and whether it is ready for calls.</summary>
internal sealed class ServedModel(ExplainableModel engine)
{
    private volatile bool _isReady;

    /// <summary>Resource name, <c>models/{id}</c>.</summary>
    public string Name { get; } = $"models/{engine.Manifest.Id}";

    /// <summary>The model itself. Explain, Predict and WarmUp belong to the device thread.</summary>
    public ExplainableModel Engine { get; } = engine;

    /// <summary>True once it has warmed up.</summary>
    public bool IsReady
    {
        get => _isReady;
        set => _isReady = value;
    }
}
