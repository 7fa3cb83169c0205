using Cdam.Evaluator.Requests;
using Cdam.Evaluator.Sessions;
using Cdam.Evaluator.Store;
using Cdam.Scoring.Reports;
using Cdam.V1;

namespace Cdam.Evaluator.Reports;

/// <summary>The formats for people: a page, tables, plots.</summary>
internal sealed class DrawnReport(BenchmarkRow row, BenchmarkSettings settings, GatheredResults results, TimeProvider clock)
{
    internal Report Page()
    {
        var page = HtmlReport.Of($"Benchmark of {settings.Model}", Facts(), results.Tables(), results.Figures(), results.Examples);
        return Report.Of("text/html", $"{row.Id}.html", page);
    }

    /// <param name="parts">Names of tables; empty for all.</param>
    internal IReadOnlyList<Report> Tables(IReadOnlyList<string> parts) =>
    [
        .. Chosen(results.Tables(), table => table.Name, parts).Select(table => Report.Of("application/x-latex", $"{table.Name}.tex", LatexTable.Of(table))),
    ];

    /// <param name="parts">Names of plots; empty for all.</param>
    /// <param name="mediaType">Of the files.</param>
    /// <param name="extension">Of their names.</param>
    /// <param name="content">Which of a figure's pictures.</param>
    internal IReadOnlyList<Report> Plots(IReadOnlyList<string> parts, string mediaType, string extension, Func<ReportFigure, byte[]> content) =>
    [
        .. Chosen(results.Figures(), figure => figure.Name, parts).Select(figure => Report.Of(mediaType, $"{figure.Name}.{extension}", content(figure))),
    ];

    private static IEnumerable<T> Chosen<T>(IReadOnlyList<T> all, Func<T, string> name, IReadOnlyList<string> parts)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            if (!all.Any(part => name(part) == parts[i]))
            {
                throw RequestFault.Of($"parts[{i}]", $"there is no '{parts[i]}'; there are {string.Join(", ", all.Select(name))}.");
            }
        }

        return all.Where(part => parts.Count == 0 || parts.Contains(name(part)));
    }

    private IReadOnlyList<(string Name, string Value)> Facts()
    {
        var began = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedMs);
        var ended = row.EndedMs is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : clock.GetUtcNow();
        var facts = BenchmarkFacts.Of(SessionName.Of(row.Id), settings, SessionEvent.Progress(row), results.BoxSides(), ended - began);
        var failed = results.Failed.Select(image => ($"not measured: {image.Name}", image.Error));
        var more = results.MoreFailed > 0 ? [("not measured", $"{results.MoreFailed} more")] : Array.Empty<(string, string)>();
        return [.. facts.Lines, .. failed, .. more];
    }
}
