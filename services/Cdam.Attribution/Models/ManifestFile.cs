using System.Security.Cryptography;

namespace Cdam.Attribution.Models;

/// <summary>A checkpoint of a model.</summary>
public sealed record ManifestFile
{
    /// <summary>Relative to the model's folder; it must lie below it.</summary>
    public required string Path { get; init; }

    /// <summary>SHA-256 of the file, 64 hexadecimal digits. Checked before anything is read.</summary>
    public required string Sha256 { get; init; }

    /// <summary>
    /// Which tensors belong to which part: names that start with the prefix, without it, are that part's. Tensors under no prefix
    /// (optimizer states) are left alone. Nested dictionaries are joined by dots, so a Lightning checkpoint has
    /// <c>state_dict.model.</c>. The empty prefix takes everything.
    /// </summary>
    public required IReadOnlyDictionary<string, ModelPart> Prefixes { get; init; }

    /// <summary>The SHA-256 of a file, as <see cref="Sha256"/> has it.</summary>
    public static string Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
