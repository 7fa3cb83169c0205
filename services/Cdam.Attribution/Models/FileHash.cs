namespace Cdam.Attribution.Models;

/// <summary>That a file of a model folder is the one that the manifest means.</summary>
internal static class FileHash
{
    /// <exception cref="ModelException">The file cannot be read, or has another hash.</exception>
    public static void Require(string folder, string file, string sha256)
    {
        var path = Path.Combine(folder, file);
        try
        {
            var found = ManifestFile.Hash(path);
            if (!found.Equals(sha256, StringComparison.OrdinalIgnoreCase))
            {
                throw new ModelException($"{path}: SHA-256 is {found}; the manifest says {sha256}");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{path}: {exception.Message}", exception);
        }
    }
}
