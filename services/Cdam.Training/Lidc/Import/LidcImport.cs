using System.Runtime.ExceptionServices;

namespace Cdam.Training.Lidc.Import;

/// <summary>Makes a <see cref="NoduleDataset"/> of a folder of LIDC-IDRI scans.</summary>
public sealed class LidcImport
{
    private readonly LidcImportOptions _options;
    private readonly DatasetFolder _output;
    private readonly Action<ImportProgress>? _progress;
    private readonly Lock _gate = new();
    private ImportProgress _done;
    private int _unchanged;

    private LidcImport(LidcImportOptions options, DatasetFolder output, Action<ImportProgress>? progress)
    {
        _options = options;
        _output = output;
        _progress = progress;
    }

    /// <summary>
    /// Reads every scan below the folder, several at once. One that breaks a rule is skipped; the others are imported. What is done is
    /// recorded scan by scan: after an interruption the same call goes on, and reads again only what has changed. <c>dataset.json</c>
    /// is written at the end, unless no scan at all could be imported.
    /// </summary>
    /// <param name="options">What is imported.</param>
    /// <param name="progress">Called after each scan, from any thread, one call at a time.</param>
    /// <param name="cancellation">Leaves a state from which the next call goes on.</param>
    /// <exception cref="LidcException">An option breaks a rule, or there is no DICOM file.</exception>
    /// <exception cref="IOException">The data set cannot be written, or another import is writing it.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ImportSummary Run(LidcImportOptions options, Action<ImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var skipped = new List<SkippedScan>();
        var scans = ScanFolder.Find(options.Folder, skipped);
        if (scans.Count == 0)
        {
            throw new LidcException($"{options.Folder}: holds no *.dcm file in any folder; LIDC-IDRI has PATIENT/STUDY/SERIES/*.dcm");
        }

        using var output = DatasetFolder.Open(options.Output);
        var import = new LidcImport(options, output, progress);
        return import.Finish(scans, import.ReadAll(scans, cancellation), skipped, cancellation);
    }

    private ScanRecord[] ReadAll(IReadOnlyList<ScanFolder> scans, CancellationToken cancellation)
    {
        var records = new ScanRecord[scans.Count];
        _done = new ImportProgress(0, scans.Count, 0, 0);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.Threads, CancellationToken = cancellation };
        try
        {
            Parallel.For(0, scans.Count, parallel, i =>
            {
                var fingerprint = scans[i].Fingerprint(_options.MinReadings);
                var earlier = _output.Find(scans[i].Name, fingerprint);
                records[i] = earlier ?? ReadScan(scans[i], fingerprint, cancellation);
                Report(records[i], earlier is not null);
            });
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }

        return records;
    }

    private ScanRecord ReadScan(ScanFolder scan, string fingerprint, CancellationToken cancellation)
    {
        var reader = new ScanReader(scan, _options, fingerprint);
        ScanRecord record;
        try
        {
            record = reader.Read(cancellation);
        }
        catch (LidcException fault)
        {
            record = reader.Record(ScanOutcome.Skipped, Relative(fault.Message));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Not recorded: a disk that fails now may work on the next run.
            return reader.Record(ScanOutcome.Skipped, Relative(fault.Message));
        }

        _output.Write(record, record.Nodules.Count > 0 ? reader.Crops : []);
        return record;
    }

    private void Report(ScanRecord record, bool isUnchanged)
    {
        lock (_gate)
        {
            _unchanged += isUnchanged ? 1 : 0;
            _done = new ImportProgress(
                _done.Done + 1, _done.Total, _done.Nodules + record.Nodules.Count, _done.Skipped + (record.Outcome == ScanOutcome.Skipped ? 1 : 0));
            _progress?.Invoke(_done);
        }
    }

    private ImportSummary Finish(IReadOnlyList<ScanFolder> scans, ScanRecord[] records, List<SkippedScan> skipped, CancellationToken cancellation)
    {
        var imported = new List<ScanRecord>();
        foreach (var series in records.Where(record => record.Outcome == ScanOutcome.Imported).GroupBy(record => record.SeriesUid))
        {
            imported.Add(KeepFirst([.. series], scans, skipped, cancellation));
        }

        var broken = records.Where(record => record.Outcome == ScanOutcome.Skipped);
        skipped.AddRange(broken.Select(record => new SkippedScan(record.Folder, record.Reason!)));
        skipped.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        var folds = FoldAssignment.Assign([.. imported.SelectMany(record => record.Nodules)], LidcImportOptions.Folds, _options.Seed);
        var summary = new ImportSummary
        {
            Scans = imported.Count,
            Unchanged = _unchanged,
            Ignored = records.Count(record => record.Outcome == ScanOutcome.Ignored),
            Nodules = [.. imported.SelectMany(record => record.Nodules).Select(nodule => nodule with { Fold = folds[nodule.Patient] })],
            SmallNodules = imported.Sum(record => record.SmallNodules),
            NonNodules = imported.Sum(record => record.NonNodules),
            TooFewReadings = imported.Sum(record => record.TooFewReadings),
            Skipped = skipped,
            Warnings =
            [
                .. imported.SelectMany(record => record.Warnings.Select(warning => $"{record.Folder}: {warning}")),
                .. folds.Count < LidcImportOptions.Folds ? [$"{LidcImportOptions.Folds} folds share {folds.Count} patients: some stay empty"] : (string[])[],
            ],
        };
        if (imported.Count > 0)
        {
            _output.Finish(Manifest(summary), scans.Select(scan => scan.Name));
        }

        return summary;
    }

    /// <summary>
    /// Of several copies of a series the first counts. Their nodules share names, so its crops are written again, over those of the others.
    /// </summary>
    private ScanRecord KeepFirst(List<ScanRecord> copies, IReadOnlyList<ScanFolder> scans, List<SkippedScan> skipped, CancellationToken cancellation)
    {
        if (copies.Count == 1)
        {
            return copies[0];
        }

        var reason = $"has the same series as {copies[0].Folder}; a series counts once";
        skipped.AddRange(copies.Skip(1).Select(copy => new SkippedScan(copy.Folder, reason)));
        return ReadScan(scans.Single(scan => scan.Name == copies[0].Folder), copies[0].Fingerprint, cancellation);
    }

    private DatasetManifest Manifest(ImportSummary summary) => new()
    {
        FormatVersion = DatasetManifest.CurrentVersion,
        VoxelMm = NoduleDataset.VoxelMm,
        Side = NoduleDataset.Side,
        Seed = _options.Seed,
        Folds = LidcImportOptions.Folds,
        Nodules = summary.Nodules,
        Skipped = summary.Skipped,
        Warnings = summary.Warnings,
    };

    /// <summary>Without the place on this machine.</summary>
    private string Relative(string message) =>
        message.Replace(Path.TrimEndingDirectorySeparator(_options.Folder) + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
}
