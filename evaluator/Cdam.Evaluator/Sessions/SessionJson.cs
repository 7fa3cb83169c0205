using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cdam.Evaluator.Sessions;

/// <summary>How sessions read and write JSON: snake_case, unknown members refused, every digit of a number kept.</summary>
internal static class SessionJson
{
    internal static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    internal static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    internal static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options)!;
}
