using System.Text.Json;
using System.Text.RegularExpressions;
using Cdam.Attribution.Models;

namespace Cdam.Attribution.Catalogue;

/// <summary>The published models that this library knows: data, in <c>catalogue.json</c>.</summary>
public static partial class ModelCatalogue
{
    private static readonly JsonSerializerOptions Json = new(ModelManifest.Json)
    {
        AllowTrailingCommas = false,
        ReadCommentHandling = JsonCommentHandling.Disallow,
    };

    private static readonly Lazy<IReadOnlyList<CatalogueEntry>> Shipped = new(ReadShipped);

    /// <summary>All entries, in the catalogue's order.</summary>
    public static IReadOnlyList<CatalogueEntry> Entries => Shipped.Value;

    /// <summary>Finds an entry.</summary>
    /// <exception cref="ModelException">There is none of that id; the message lists those that there are.</exception>
    public static CatalogueEntry Get(string id) => TryGet(id)
        ?? throw new ModelException($"the catalogue has no model \"{id}\"; it has {string.Join(", ", Entries.Select(entry => entry.Id))}");

    /// <summary>Finds an entry; null if there is none.</summary>
    public static CatalogueEntry? TryGet(string id) => Entries.FirstOrDefault(entry => entry.Id == id);

    /// <summary>Reads a catalogue: an array of entries in JSON.</summary>
    /// <exception cref="ModelException">It is not valid JSON, or entries break rules (all are named).</exception>
    internal static IReadOnlyList<CatalogueEntry> Parse(Stream json)
    {
        try
        {
            var entries = JsonSerializer.Deserialize<List<CatalogueEntry>>(json, Json) ?? throw new ModelException("catalogue: is null; must be an array");
            var faults = entries.SelectMany(entry => Faults(entry).Select(fault => $"{entry.Id}: {fault}"))
                .Concat(entries.GroupBy(entry => entry.Id).Where(same => same.Count() > 1).Select(same => $"id \"{same.Key}\" occurs {same.Count()} times"))
                .ToList();
            return faults.Count == 0 ? entries : throw new ModelException($"catalogue: {string.Join("; ", faults)}");
        }
        catch (JsonException exception)
        {
            throw new ModelException($"catalogue: {exception.Message}", exception);
        }
    }

    private static IReadOnlyList<CatalogueEntry> ReadShipped()
    {
        using var stream = typeof(ModelCatalogue).Assembly.GetManifestResourceStream("catalogue.json")!;
        return Parse(stream);
    }

    private static IEnumerable<string> Faults(CatalogueEntry entry)
    {
        var file = entry.File;
        if (!file.Address.IsAbsoluteUri || file.Address.Scheme != Uri.UriSchemeHttps || Path.GetFileName(file.Address.AbsolutePath).Length == 0)
        {
            return [$"file.address is \"{file.Address}\"; must be https and end in a file's name"];
        }

        // Any hash will do: the rules are about the rest.
        return entry.Manifest(new string('0', 64)).Faults().Concat(FileFaults(file, entry));
    }

    private static IEnumerable<string> FileFaults(CatalogueFile file, CatalogueEntry entry)
    {
        if (file.Sha256 is not null && !DigestStart().IsMatch(file.Sha256))
        {
            yield return $"file.sha256 is \"{file.Sha256}\"; must be 8 to 64 hexadecimal digits";
        }

        if (file.GitBlob is not null && !GitDigest().IsMatch(file.GitBlob))
        {
            yield return $"file.git_blob is \"{file.GitBlob}\"; must be 40 hexadecimal digits";
        }

        if (file.Size is < 1)
        {
            yield return $"file.size is {file.Size}; must be at least 1";
        }

        if (entry.Outputs is null != (entry.Head == HeadKind.None))
        {
            yield return $"outputs is {entry.Outputs?.ToString() ?? "absent"} with head {entry.Head}; must be there exactly with a head";
        }
    }

    [GeneratedRegex("^[0-9a-fA-F]{8,64}$")]
    private static partial Regex DigestStart();

    [GeneratedRegex("^[0-9a-fA-F]{40}$")]
    private static partial Regex GitDigest();
}
