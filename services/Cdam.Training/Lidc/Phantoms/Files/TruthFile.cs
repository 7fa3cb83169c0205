using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cdam.Training.Lidc.Phantoms.Files;

/// <summary>
/// <c>truth.json</c> at the root of phantoms: what the generator knows and no reader does. It is no part of LIDC-IDRI's layout, and
/// whatever reads that layout walks past it.
/// </summary>
public sealed record TruthFile
{
    /// <summary>Its name.</summary>
    public const string FileName = "truth.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <summary>As asked for.</summary>
    public required ulong Seed { get; init; }

    /// <summary>As asked for.</summary>
    public required int Matrix { get; init; }

    /// <summary>All patients of the run, in order.</summary>
    public required IReadOnlyList<TruthPatient> Patients { get; init; }

    /// <summary>Reads the file of a folder of phantoms.</summary>
    /// <exception cref="IOException">There is none.</exception>
    /// <exception cref="JsonException">It is not such a file.</exception>
    public static TruthFile Read(string folder) =>
        JsonSerializer.Deserialize<TruthFile>(File.ReadAllBytes(Path.Combine(folder, FileName)), Json)
            ?? throw new JsonException($"{FileName} is null; must be an object");

    /// <summary>Writes the file into a folder of phantoms, in one step.</summary>
    public void Write(string folder)
    {
        var (path, partial) = (Path.Combine(folder, FileName), Path.Combine(folder, $".{FileName}.partial"));
        File.WriteAllBytes(partial, JsonSerializer.SerializeToUtf8Bytes(this, Json));
        File.Move(partial, path, overwrite: true);
    }
}
