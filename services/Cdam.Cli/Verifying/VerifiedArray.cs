using System.Text.Json.Serialization;

namespace Cdam.Cli.Verifying;

/// <summary>One array or value of a case.</summary>
/// <param name="Name">As in expected.safetensors or case.json; <c>weights:FILE</c> for a file format.</param>
/// <param name="Error">Largest absolute difference relative to the largest absolute value.</param>
/// <param name="Tolerance">What is accepted.</param>
internal sealed record VerifiedArray(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("error")] double Error,
    [property: JsonPropertyName("tolerance")] double Tolerance);
