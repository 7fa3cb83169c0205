using System.Text.Json.Serialization;

namespace Cdam.Cli.Verifying;

/// <summary>One case of a report.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Arrays">What was compared.</param>
internal sealed record VerifiedCase(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("arrays")] IReadOnlyList<VerifiedArray> Arrays);
