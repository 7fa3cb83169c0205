using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cdam.Cli.Downloads;

/// <summary>What was said of the file that a part is of: without it, nobody could tell whether the rest belongs to the same file.</summary>
/// <param name="Address">Where it came from.</param>
/// <param name="Validator">A strong ETag or a date, as <c>If-Range</c> takes it; null if the server gave none.</param>
/// <param name="Total">Bytes of the whole file; null if the server did not say.</param>
internal sealed record PartState(
    [property: JsonPropertyName("address")] Uri Address,
    [property: JsonPropertyName("validator")] string? Validator,
    [property: JsonPropertyName("total")] long? Total)
{
    /// <summary>Reads it; null if it is absent or was damaged.</summary>
    public static PartState? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<PartState>(File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is FileNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes it.</summary>
    public void Write(string path) => File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(this));
}
