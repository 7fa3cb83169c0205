using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cdam.Gateway.Reloading;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Access;

/// <summary>Reads and writes the lines of the file of keys.</summary>
internal static class KeyLines
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
    };

    internal static string Write(KeyLine line) => JsonSerializer.Serialize(line, Json);

    /// <exception cref="OptionsValidationException">A line breaks a rule; its number is named, never what it holds.</exception>
    internal static KeyRing Read(SettingFile file, byte[] bytes)
    {
        var keys = new Dictionary<string, StoredKey>(StringComparer.Ordinal);
        var lines = Encoding.UTF8.GetString(bytes).Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length > 0 && line[0] != '#')
            {
                var (id, key) = Read(line, rule => file.Fault($"line {i + 1}: {rule}"));
                if (!keys.TryAdd(id, key))
                {
                    throw file.Fault($"line {i + 1}: id ({id}) must be on one line only");
                }
            }
        }

        return new KeyRing(keys);
    }

    private static (string Id, StoredKey Key) Read(string text, Func<string, Exception> fault)
    {
        var line = Deserialize(text, fault);
        if (!KeyText.IsId(line.Id))
        {
            throw fault($"id ({line.Id}) must be {KeyText.IdRule}");
        }

        if (line.Scopes.Count == 0 || line.Scopes.Any(scope => ScopeNames.Find(scope) is null))
        {
            throw fault($"scopes ({string.Join(", ", line.Scopes)}) must be one or more of {ScopeNames.Known}");
        }

        var hash = KeyHash.Parse(line.Hash) ?? throw fault("hash must be sha256:SALT:HASH as cdam keys create writes it");
        return (line.Id, new StoredKey(hash, ScopeNames.Among(line.Scopes), line.Expires));
    }

    private static KeyLine Deserialize(string text, Func<string, Exception> fault)
    {
        try
        {
            return JsonSerializer.Deserialize<KeyLine>(text, Json) ?? throw fault("must be a JSON object");
        }
        catch (JsonException)
        {
            // Its message may quote the line.
            throw fault("must be a JSON object with id, hash, scopes and, if the key ends, expires (2027-01-31T00:00:00Z)");
        }
    }
}
