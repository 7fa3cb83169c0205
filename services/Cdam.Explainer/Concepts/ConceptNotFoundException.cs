namespace Cdam.Explainer.Concepts;

/// <summary>No concept of that id came with the model, and ConceptService keeps none.</summary>
internal sealed class ConceptNotFoundException(string id, string message) : Exception(message)
{
    public string Id { get; } = id;
}
