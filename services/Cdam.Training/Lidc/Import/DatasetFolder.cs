using System.Security.Cryptography;
using System.Text;
using Cdam.Attribution.Checkpoints;

namespace Cdam.Training.Lidc.Import;

/// <summary>The folder that an import writes: crops, a record of each scan that is done, and <c>dataset.json</c> at the end.</summary>
internal sealed class DatasetFolder : IDisposable
{
    private const string NodulesFolder = "nodules";
    private const string ScansFolder = "scans";

    private readonly string _path;
    private readonly FileStream _lock;

    private DatasetFolder(string path, FileStream guard)
    {
        _path = path;
        _lock = guard;
    }

    /// <summary>Makes the folder or goes on with it, for this process alone.</summary>
    /// <exception cref="LidcException">It holds something else.</exception>
    /// <exception cref="IOException">Another import is writing there.</exception>
    public static DatasetFolder Open(string path)
    {
        var scans = Path.Combine(path, ScansFolder);
        if (Directory.Exists(path) && !Directory.Exists(scans) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw new LidcException($"{path}: holds files but no '{ScansFolder}'; must be new, empty, or the folder of an earlier import");
        }

        Directory.CreateDirectory(scans);
        Directory.CreateDirectory(Path.Combine(path, NodulesFolder));
        var guard = new FileStream(
            Path.Combine(path, "import.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        return new DatasetFolder(path, guard);
    }

    /// <summary>The name, relative to the data set, of a nodule's crop.</summary>
    public static string FileOf(string noduleId) => $"{NodulesFolder}/{noduleId}.safetensors";

    /// <summary>What an earlier run found in a folder; null if it did not come to it, or something has changed since.</summary>
    public ScanRecord? Find(string scan, string fingerprint)
    {
        try
        {
            var record = DatasetJson.Read<ScanRecord>(RecordOf(scan));
            var isCurrent = record.Fingerprint == fingerprint && record.Folder == scan && record.Nodules.All(IsThere);
            return isCurrent ? record : null;
        }
        catch (Exception fault) when (fault is FileNotFoundException or LidcException)
        {
            return null; // Never written, or by another version: the scan is read again.
        }
    }

    /// <summary>Writes the crops first and the record last, so that a record means that everything is there.</summary>
    public void Write(ScanRecord record, IEnumerable<NoduleCrop> crops)
    {
        foreach (var (nodule, crop) in record.Nodules.Zip(crops))
        {
            crop.Write(Path.Combine(_path, nodule.File));
        }

        DatasetJson.Write(RecordOf(record.Folder), record);
    }

    /// <summary>Writes <c>dataset.json</c> and then removes what it no longer mentions.</summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="scans">The folders whose records stay.</param>
    public void Finish(DatasetManifest manifest, IEnumerable<string> scans)
    {
        DatasetJson.Write(Path.Combine(_path, DatasetManifest.FileName), manifest);
        Sweep(NodulesFolder, manifest.Nodules.Select(nodule => Path.Combine(_path, nodule.File)));
        Sweep(ScansFolder, scans.Select(RecordOf));
    }

    public void Dispose() => _lock.Dispose();

    private void Sweep(string folder, IEnumerable<string> kept)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(_path, folder)).Except(kept, StringComparer.Ordinal))
        {
            File.Delete(file);
        }
    }

    /// <summary>Whether the crop's file can be opened: its header is whole and the data have the right size.</summary>
    private bool IsThere(Nodule nodule)
    {
        try
        {
            NoduleCrop.Open(Path.Combine(_path, FileOf(nodule.Id))).Dispose();
            return true;
        }
        catch (CheckpointException)
        {
            return false;
        }
    }

    private string RecordOf(string scan) =>
        Path.Combine(_path, ScansFolder, $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(scan)).AsSpan(0, 16))}.json");
}
