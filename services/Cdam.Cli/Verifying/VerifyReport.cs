using System.Text.Json.Serialization;

namespace Cdam.Cli.Verifying;

/// <summary>What <c>cdam verify --json</c> prints.</summary>
/// <param name="Passed">Whether every error is within its tolerance.</param>
/// <param name="MaxError">The largest error of all arrays, relative to the array's largest value.</param>
/// <param name="Uncovered">Names of the folder's arrays and values that no code here computes yet.</param>
/// <param name="Cases">By folder.</param>
internal sealed record VerifyReport(
    [property: JsonPropertyName("passed")] bool Passed,
    [property: JsonPropertyName("max_error")] double MaxError,
    [property: JsonPropertyName("uncovered")] IReadOnlyList<string> Uncovered,
    [property: JsonPropertyName("cases")] IReadOnlyList<VerifiedCase> Cases);
