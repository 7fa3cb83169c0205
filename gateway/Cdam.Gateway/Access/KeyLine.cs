using System.Text.Json.Serialization;

namespace Cdam.Gateway.Access;

/// <summary>A line of the file of keys.</summary>
internal sealed record KeyLine
{
    /// <summary>Who has the key, as the audit log names the caller.</summary>
    public required string Id { get; init; }

    /// <summary>A <see cref="KeyHash"/>.</summary>
    public required string Hash { get; init; }

    /// <summary>At least one of explain, evaluate, admin.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When the key ends; null: never.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Expires { get; init; }
}
