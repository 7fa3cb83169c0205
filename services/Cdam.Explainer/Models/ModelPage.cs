namespace Cdam.Explainer.Models;

/// <summary>A part of the list of models.</summary>
/// <param name="Models">By name.</param>
/// <param name="NextToken">Where the next page begins; empty on the last.</param>
internal sealed record ModelPage(IReadOnlyList<ServedModel> Models, string NextToken);
