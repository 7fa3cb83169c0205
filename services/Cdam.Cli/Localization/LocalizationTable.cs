using Spectre.Console;

namespace Cdam.Cli.Localization;

/// <summary>Shows rows as a table.</summary>
internal static class LocalizationTable
{
    /// <param name="title">Whose maps these are.</param>
    /// <param name="rows">The rows.</param>
    public static Table Of(string title, IReadOnlyList<LocalizationRow> rows)
    {
        var rivals = rows.Any(row => !double.IsNaN(row.OnOwn));
        var table = new Table().Border(TableBorder.Simple).Title(Markup.Escape(title)).AddColumn("map");
        foreach (var header in (string[])[.. rivals ? ["on its own object, of both"] : Array.Empty<string>(), "within its region, of all", "region's area", "maps"])
        {
            table.AddColumn(new TableColumn(header).RightAligned());
        }

        foreach (var row in rows)
        {
            table.AddRow([
                Markup.Escape(row.Name), .. rivals ? [Percent(row.OnOwn)] : Array.Empty<string>(), Percent(row.Within), Percent(row.Area), $"{row.Maps}",
            ]);
        }

        return table;
    }

    private static string Percent(double share) => $"{100 * share:0.0} %";
}
