using System.Text.Json.Serialization;
using Cdam.Attribution.Catalogue;
using Cdam.Attribution.Models;

namespace Cdam.Cli.Models;

/// <summary>A line of <c>cdam models list</c>.</summary>
/// <param name="Id">The model's id.</param>
/// <param name="Name">For people.</param>
/// <param name="Kind">What its outputs are; null if its manifest cannot be read.</param>
/// <param name="Backbone">Its architecture; null if its manifest cannot be read.</param>
/// <param name="Licence">Of the weights; null if it is not said.</param>
/// <param name="Bytes">Of its checkpoint; about, for one that is not here.</param>
/// <param name="State"><c>not pulled</c>, <c>pulled</c> (of the catalogue, and here), <c>added</c>, <c>shipped</c> or <c>broken</c>.</param>
/// <param name="Folder">Where it is; null if it is not here.</param>
/// <param name="Note">What one should know of it, or why it cannot be used; null if there is nothing.</param>
internal sealed record ListedModel(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("kind")] string? Kind,
    [property: JsonPropertyName("backbone")] string? Backbone,
    [property: JsonPropertyName("licence")] string? Licence,
    [property: JsonPropertyName("bytes")] long Bytes,
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("folder")] string? Folder,
    [property: JsonPropertyName("note")] string? Note)
{
    /// <summary>The catalogue's models, then the others that are here.</summary>
    public static IReadOnlyList<ListedModel> All(ModelLocations locations)
    {
        var here = locations.All();
        var pulled = here.Where(found => !found.IsShipped && ModelCatalogue.TryGet(found.Id) is not null).ToLookup(found => found.Id);
        var others = here.Where(found => found.IsShipped || !pulled.Contains(found.Id));
        return [.. ModelCatalogue.Entries.Select(entry => Of(entry, pulled[entry.Id].FirstOrDefault())), .. others.Select(Of)];
    }

    private static ListedModel Of(CatalogueEntry entry, FoundModel? here) => new(
        entry.Id,
        entry.DisplayName,
        KindName(entry.Kind),
        entry.Backbone.ToString(),
        entry.Licence,
        here?.Manifest is null ? entry.ApproximateBytes : here.Bytes,
        here is null ? "not pulled" : here.Fault is null ? "pulled" : "broken",
        here?.Folder,
        here?.Fault ?? entry.Note);

    private static ListedModel Of(FoundModel here) => new(
        here.Id,
        here.Manifest?.DisplayName ?? here.Id,
        here.Manifest is { } manifest ? KindName(manifest.Kind) : null,
        here.Manifest?.Backbone.ToString(),
        here.Manifest?.Licence,
        here.Bytes,
        here.Fault is not null ? "broken" : here.IsShipped ? "shipped" : "added",
        here.Folder,
        here.Fault);

    private static string KindName(ModelKind kind) => kind.ToString().ToLowerInvariant();
}
