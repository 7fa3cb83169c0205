using Cdam.Explainer.Configuration;

namespace Cdam.Explainer.Concepts;

/// <summary>
/// What ConceptService said within the last seconds, so that a stream of requests does not ask for every image. Concepts that are deleted
/// or made anew are used no longer than that. Safe from any thread.
/// </summary>
internal sealed class ConceptCache(ExplainerOptions options, TimeProvider time)
{
    /// <summary>Concepts that are held; a vector is a few kilobytes.</summary>
    internal const int Capacity = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (KeptConcept Concept, long Asked)> _entries = [];

    /// <summary>Null where it must be asked for.</summary>
    public KeptConcept? Find(string id)
    {
        lock (_gate)
        {
            return _entries.TryGetValue(id, out var entry) && time.GetElapsedTime(entry.Asked) < options.ConceptFreshness ? entry.Concept : null;
        }
    }

    /// <param name="asked">Timestamp from before it was asked for: that long ago it may have been true last.</param>
    public void Put(string id, KeptConcept concept, long asked)
    {
        lock (_gate)
        {
            if (_entries.Count >= Capacity && !_entries.ContainsKey(id))
            {
                _entries.Remove(_entries.MinBy(entry => entry.Value.Asked).Key);
            }

            _entries[id] = (concept, asked);
        }
    }
}
