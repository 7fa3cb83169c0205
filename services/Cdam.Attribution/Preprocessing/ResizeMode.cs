using System.Text.Json.Serialization;

namespace Cdam.Attribution.Preprocessing;

/// <summary>What size a picture is brought to before it is cropped.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ResizeMode>))]
public enum ResizeMode
{
    /// <summary>The size it has.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>The shorter side to the given length, the longer in proportion, rounded down.</summary>
    [JsonStringEnumMemberName("shorter_side")]
    ShorterSide,

    /// <summary>Both sides to the given length; the proportions are lost.</summary>
    [JsonStringEnumMemberName("exact")]
    Exact,
}
