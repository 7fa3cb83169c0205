namespace Cdam.Training.Lidc.Import;

/// <summary>What is imported, and how.</summary>
public sealed record LidcImportOptions
{
    /// <summary>Folds of a data set.</summary>
    public const int Folds = 5;

    /// <summary>A folder with scans at any depth below it: each folder with <c>*.dcm</c> files, and the XML beside them, is one.</summary>
    public required string Folder { get; init; }

    /// <summary>The data set's folder: new, empty, or an earlier import's, which is then brought up to date.</summary>
    public required string Output { get; init; }

    /// <summary>
    /// Nodules that fewer radiologists have read are left out, 1 or more. 1 keeps all; the field often asks for 3 of the 4 (as LUNA16 does), so that
    /// ratings are means over a majority.
    /// </summary>
    public int MinReadings { get; init; } = 1;

    /// <summary>Decides which patients go into which fold.</summary>
    public ulong Seed { get; init; }

    /// <summary>Scans read at once, 1 or more; each takes some 50 MB.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    internal void Validate()
    {
        if (!Directory.Exists(Folder))
        {
            throw new LidcException($"{Folder}: is not a folder; must be one that holds scans");
        }

        if (MinReadings < 1)
        {
            throw new LidcException($"min-readings is {MinReadings}; must be at least 1");
        }

        if (Threads < 1)
        {
            throw new LidcException($"threads is {Threads}; must be at least 1");
        }
    }
}
