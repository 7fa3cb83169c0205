namespace Cdam.Attribution.Models;

/// <summary>The part of a model that a file's tensors belong to.</summary>
public enum ModelPart
{
    /// <summary>The transformer.</summary>
    Backbone,

    /// <summary>The head.</summary>
    Head,
}
