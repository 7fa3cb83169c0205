using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Cdam.Training.Lidc.Annotations;
using Cdam.Training.Lidc.Volumes;

namespace Cdam.Training.Lidc.Import;

/// <summary>Turns a folder of slices and its annotations into nodules with crops.</summary>
internal sealed partial class ScanReader
{
    private readonly ScanFolder _folder;
    private readonly LidcImportOptions _options;
    private readonly string _fingerprint;
    private readonly List<string> _warnings = [];
    private readonly List<Nodule> _nodules = [];
    private readonly List<NoduleCrop> _crops = [];
    private int _tooFewReadings;

    public ScanReader(ScanFolder folder, LidcImportOptions options, string fingerprint)
    {
        _folder = folder;
        _options = options;
        _fingerprint = fingerprint;
    }

    /// <summary>The crops of the record's nodules, in their order.</summary>
    public IReadOnlyList<NoduleCrop> Crops => _crops;

    /// <exception cref="LidcException">The slices or the annotations break a rule.</exception>
    public ScanRecord Read(CancellationToken cancellation)
    {
        if (CtSeriesReader.Read(_folder.DicomFiles, cancellation) is not { } series)
        {
            return Record(ScanOutcome.Ignored);
        }

        var annotations = AnnotationsOf(series);
        _warnings.AddRange(series.Warnings);
        _warnings.AddRange(annotations.Warnings);
        var masks = new ReadingMasks(series);
        var readings = masks.Fill(annotations.Readings);
        _warnings.AddRange(masks.Warnings);
        foreach (var nodule in NoduleClusters.Of(readings, _warnings))
        {
            cancellation.ThrowIfCancellationRequested();
            Add(series, nodule, cancellation);
        }

        return Record(ScanOutcome.Imported) with
        {
            SeriesUid = series.SeriesInstanceUid,
            Nodules = _nodules,
            SmallNodules = annotations.SmallNodules,
            NonNodules = annotations.NonNodules,
            TooFewReadings = _tooFewReadings,
            Warnings = _warnings,
        };
    }

    /// <summary>The record of a folder that broke a rule, or has nothing to import.</summary>
    public ScanRecord Record(ScanOutcome outcome, string? reason = null) =>
        new() { Fingerprint = _fingerprint, Folder = _folder.Name, Outcome = outcome, Reason = reason };

    private ScanAnnotations AnnotationsOf(CtSeries series)
    {
        var found = _folder.XmlFiles.Select(AnnotationFile.Read).OfType<ScanAnnotations>().ToList();
        var matching = found.Where(file => file.SeriesUid is null || file.SeriesUid == series.SeriesInstanceUid).ToList();
        return matching switch
        {
            [var only] => only,
            [] when found.Count == 0 => throw new LidcException("has no XML file with a LidcReadMessage; a scan needs one"),
            [] => throw new LidcException(
                $"{found[0].Path}: SeriesInstanceUid is {found[0].SeriesUid}; must be that of the slices, {series.SeriesInstanceUid}"),
            _ => throw new LidcException($"has {matching.Count} XML files with annotations of its series; must have one"),
        };
    }

    private void Add(CtSeries series, List<MaskedReading> readings, CancellationToken cancellation)
    {
        if (readings.Count < _options.MinReadings)
        {
            _tooFewReadings++;
            return;
        }

        if (Consensus.Of(readings.ConvertAll(reading => reading.Mask)) is not { } mask)
        {
            _warnings.Add($"{readings[0].Reading} and {readings.Count - 1} others share no voxel that half of them enclose; the nodule is left out");
            return;
        }

        var (x, y, position) = Consensus.Centroid(mask, series.Geometry.Slices);
        var centre = series.Geometry.ToPatient(x, y, position);
        var crop = CropSampler.Cut(series, mask, centre, cancellation);
        var nodule = NoduleFactory.Create(NextId(series), series, readings, centre, crop.PaddedFraction);
        if (nodule.DiameterMm >= NoduleDataset.Side * NoduleDataset.VoxelMm)
        {
            _warnings.Add($"nodule {nodule.Id} has a diameter of {nodule.DiameterMm:0.#} mm: its crop does not hold all of it");
        }

        _nodules.Add(nodule);
        _crops.Add(crop);
    }

    /// <summary>A name that is a plain file name on every system and stays the same wherever the scan lies.</summary>
    private string NextId(CtSeries series)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(series.SeriesInstanceUid)).AsSpan(0, 4));
        return $"{UnsafeCharacters().Replace(series.PatientId, "_")}-{hash}-{_nodules.Count + 1:00}";
    }

    [GeneratedRegex("[^A-Za-z0-9_-]")]
    private static partial Regex UnsafeCharacters();
}
