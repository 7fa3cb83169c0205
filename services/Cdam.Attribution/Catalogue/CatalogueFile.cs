using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Cdam.Attribution.Models;

namespace Cdam.Attribution.Catalogue;

/// <summary>A published checkpoint: where it is, and what is known of its content.</summary>
public sealed record CatalogueFile
{
    /// <summary>Where its authors publish it; https.</summary>
    public required Uri Address { get; init; }

    /// <summary>Bytes; null where they are not published.</summary>
    public long? Size { get; init; }

    /// <summary>
    /// The first 8 to 64 hexadecimal digits of the SHA-256: as many as are published. torch's file names carry 8. Null where none are.
    /// </summary>
    public string? Sha256 { get; init; }

    /// <summary>The 40 hexadecimal digits by which git names the content, for files that are kept in a repository; null for others.</summary>
    public string? GitBlob { get; init; }

    /// <summary>As in <see cref="ManifestFile.Prefixes"/>.</summary>
    public required IReadOnlyDictionary<string, ModelPart> Prefixes { get; init; }

    /// <summary>The file's name: the last part of the address.</summary>
    public string Name => Path.GetFileName(Address.AbsolutePath);

    /// <summary>Whether a hash is published; otherwise the first download's is recorded in the model's manifest.</summary>
    public bool IsHashKnown => Sha256 is not null || GitBlob is not null;

    /// <summary>Compares a file with what is known of this one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sha256">Its SHA-256, 64 hexadecimal digits.</param>
    /// <returns>What differs, with the value found and the one published; null if nothing does.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public string? Difference(string path, string sha256)
    {
        using var stream = File.OpenRead(path);
        if (Size is { } size && stream.Length != size)
        {
            return $"has {stream.Length} bytes; {Name} has {size}";
        }

        if (Sha256 is not null && !sha256.StartsWith(Sha256, StringComparison.OrdinalIgnoreCase))
        {
            return $"its SHA-256 is {sha256}; that of {Name} {(Sha256.Length == 64 ? "is" : "starts with")} {Sha256}";
        }

        return GitBlob is not null && HashAsGit(stream) is var blob && !blob.Equals(GitBlob, StringComparison.OrdinalIgnoreCase)
            ? $"git would name it {blob}; it names {Name} {GitBlob}"
            : null;
    }

    /// <summary>git names a content by the SHA-1 of "blob", its length, a zero byte and the content.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "git's own choice; it is all that is published of such files")]
    private static string HashAsGit(FileStream stream)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes(FormattableString.Invariant($"blob {stream.Length}\0")));
        var buffer = new byte[1 << 20];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
