namespace Cdam.Attribution.Models;

/// <summary>What the ready-made concepts of a manifest must fulfil.</summary>
internal static class ConceptRules
{
    /// <summary>As many as a request may have targets: an empty target list can mean all of them.</summary>
    public const int Most = 64;

    public static IEnumerable<string> Faults(IReadOnlyList<ManifestConcept> concepts)
    {
        if (concepts.Count > Most)
        {
            yield return $"concepts has {concepts.Count} entries; at most {Most} are accepted";
        }

        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (concept, index) in concepts.Select((concept, index) => (concept, index)))
        {
            if (concept is null)
            {
                yield return $"concepts[{index}] is null; must be an object";
                continue;
            }

            if (!ids.Add(concept.Id))
            {
                yield return $"concepts[{index}].id is \"{concept.Id}\" again; must be unique";
            }

            foreach (var fault in Faults(concept))
            {
                yield return $"concepts[{index}].{fault}";
            }
        }
    }

    private static IEnumerable<string> Faults(ManifestConcept concept)
    {
        if (!ModelManifest.IsId(concept.Id))
        {
            yield return $"id is \"{concept.Id}\"; {ModelManifest.IdRule}";
        }

        if (!ModelManifest.IsBelowFolder(concept.File))
        {
            yield return $"file is \"{concept.File}\"; must lie below the model's folder";
        }

        if (!ModelManifest.IsHash(concept.Sha256))
        {
            yield return $"sha256 is \"{concept.Sha256}\"; must be 64 hexadecimal digits";
        }

        if (concept.Images < 1)
        {
            yield return $"images is {concept.Images}; must be at least 1";
        }
    }
}
