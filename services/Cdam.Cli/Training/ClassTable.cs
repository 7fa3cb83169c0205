using Spectre.Console;

namespace Cdam.Cli.Training;

/// <summary>How well each class is told.</summary>
internal static class ClassTable
{
    /// <summary>Of more classes, nobody reads the table.</summary>
    private const int MostRows = 30;

    /// <summary>Every class in the order of the outputs; of many, those that are told worst.</summary>
    /// <param name="title">Of the column of numbers.</param>
    /// <param name="names">The classes.</param>
    /// <param name="shares">0 to 1; NaN for a class without samples, which is not shown.</param>
    public static Table Of(string title, IReadOnlyList<string> names, IReadOnlyList<double> shares)
    {
        var rows = names.Zip(shares).Where(row => !double.IsNaN(row.Second)).ToList();
        var heading = "class";
        if (rows.Count > MostRows)
        {
            (heading, rows) = ($"class (the lowest {MostRows} of {rows.Count})", [.. rows.OrderBy(row => row.Second).Take(MostRows)]);
        }

        var table = new Table().Border(TableBorder.Simple)
            .AddColumn(heading)
            .AddColumn(new TableColumn(title).RightAligned());
        foreach (var (name, share) in rows)
        {
            table.AddRow(Markup.Escape(name), Share(share));
        }

        return table;
    }

    /// <summary>A share as people read it.</summary>
    public static string Share(double share) => $"{100 * share:0.0} %";
}
