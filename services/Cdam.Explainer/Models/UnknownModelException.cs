namespace Cdam.Explainer.Models;

/// <summary>There is no model of that name.</summary>
internal sealed class UnknownModelException(string name, IEnumerable<string> known)
    : Exception($"\"{name}\" is not here; this server has {string.Join(", ", known)}")
{
    public string Name { get; } = name;
}
