using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cdam.Training.Lidc.Import;

/// <summary>A folder with DICOM files.</summary>
/// <param name="Name">Its path relative to the imported folder, with slashes.</param>
/// <param name="DicomFiles">Paths of its <c>*.dcm</c> files, in order.</param>
/// <param name="XmlFiles">Paths of its <c>*.xml</c> files, in order.</param>
internal sealed record ScanFolder(string Name, IReadOnlyList<string> DicomFiles, IReadOnlyList<string> XmlFiles)
{
    /// <summary>Changes with what is read from a folder.</summary>
    private const int ReaderVersion = 1;

    /// <summary>Finds all such folders below one, in the order of their names. Linked folders are not followed.</summary>
    /// <param name="root">The imported folder.</param>
    /// <param name="unreadable">Told of folders that cannot be listed.</param>
    public static IReadOnlyList<ScanFolder> Find(string root, List<SkippedScan> unreadable)
    {
        var found = new List<ScanFolder>();
        var waiting = new Stack<string>([root]);
        while (waiting.TryPop(out var folder))
        {
            try
            {
                var files = Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToLookup(file => Path.GetExtension(file).ToUpperInvariant());
                if (files[".DCM"].Any())
                {
                    found.Add(new ScanFolder(NameOf(root, folder), [.. files[".DCM"]], [.. files[".XML"]]));
                }

                foreach (var below in new DirectoryInfo(folder).GetDirectories().Where(below => below.LinkTarget is null))
                {
                    waiting.Push(Path.Combine(folder, below.Name));
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                unreadable.Add(new SkippedScan(NameOf(root, folder), fault.Message));
            }
        }

        return [.. found.OrderBy(scan => scan.Name, StringComparer.Ordinal)];
    }

    /// <summary>
    /// A hash of the names, sizes and times of all files and of what else decides the outcome. Reading the files themselves would take as long as
    /// importing them.
    /// </summary>
    public string Fingerprint(int minReadings)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{ReaderVersion} {minReadings}\n");
        foreach (var file in DicomFiles.Concat(XmlFiles).Select(path => new FileInfo(path)))
        {
            text.Append(CultureInfo.InvariantCulture, $"{file.Name}\0{(file.Exists ? file.Length : -1)}\0{file.LastWriteTimeUtc.Ticks}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string NameOf(string root, string folder) => Path.GetRelativePath(root, folder).Replace(Path.DirectorySeparatorChar, '/');
}
