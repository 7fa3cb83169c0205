using System.Collections.Frozen;
using Cdam.V1;

namespace Cdam.Gateway.Catalogue;

/// <summary>Which pool has which model, as the pools' own answers say. Each round of questions replaces it as a whole.</summary>
internal sealed class ModelDirectory
{
    private volatile View _view = new([]);

    /// <summary>By pool, then by destination.</summary>
    internal IReadOnlyList<DestinationReport> Reports => _view.Reports;

    /// <summary>Where a model is.</summary>
    /// <param name="model"><c>models/{id}</c>.</param>
    /// <returns>Empty where no destination ever named it.</returns>
    internal IReadOnlyList<ModelPlace> Find(string model) => _view.Places.GetValueOrDefault(model) ?? [];

    /// <summary>One of each name, in the order of the names; of several, the first pool's.</summary>
    internal IReadOnlyList<Model> Models() => _view.Models;

    internal DestinationReport? Report(string pool, string destination) =>
        _view.Reports.FirstOrDefault(report => report.Pool == pool && report.Destination == destination);

    /// <param name="reports">Of every destination that there is now; others are forgotten.</param>
    internal void Replace(IEnumerable<DestinationReport> reports) => _view = new View(
        [.. reports.OrderBy(report => report.Pool, StringComparer.Ordinal).ThenBy(report => report.Destination, StringComparer.Ordinal)]);

    private sealed class View(IReadOnlyList<DestinationReport> reports)
    {
        internal IReadOnlyList<DestinationReport> Reports { get; } = reports;

        internal FrozenDictionary<string, List<ModelPlace>> Places { get; } = reports
            .SelectMany(report => report.Models.Select(model => (model.Name, Place: Place(report, model.Name))))
            .GroupBy(pair => pair.Name, pair => pair.Place, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);

        // What cannot be reached cannot be offered.
        internal IReadOnlyList<Model> Models { get; } = [.. reports
            .Where(report => report.IsReached)
            .SelectMany(report => report.Models)
            .DistinctBy(model => model.Name, StringComparer.Ordinal)
            .OrderBy(model => model.Name, StringComparer.Ordinal)];

        private static ModelPlace Place(DestinationReport report, string model) =>
            new(report.Pool, report.Destination, report.IsReached && report.Ready.Contains(model));
    }
}
