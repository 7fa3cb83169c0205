using System.Security.Cryptography;
using System.Text;

namespace Cdam.Gateway.Access;

/// <summary>A salted hash of a key's secret, written <c>sha256:SALT:HASH</c> with both in hexadecimal.</summary>
/// <remarks>
/// One round of SHA-256 is enough: a secret is 256 random bits, which no guessing finds, so that slowness would protect nothing and
/// every call would pay for it.
/// </remarks>
internal sealed record KeyHash
{
    private const string Scheme = "sha256";
    private const int SaltBytes = 16;

    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private KeyHash(byte[] salt, byte[] hash) => (_salt, _hash) = (salt, hash);

    internal static KeyHash Of(string secret)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new KeyHash(salt, Compute(salt, secret));
    }

    /// <returns>Null where the text is no such hash.</returns>
    internal static KeyHash? Parse(string text)
    {
        var parts = text.Split(':');
        return parts is [Scheme, { Length: 2 * SaltBytes }, { Length: 2 * SHA256.HashSizeInBytes }] && IsHex(parts[1]) && IsHex(parts[2])
            ? new KeyHash(Convert.FromHexString(parts[1]), Convert.FromHexString(parts[2]))
            : null;
    }

    /// <summary>Takes as long whatever the secret is.</summary>
    internal bool Matches(string secret) => CryptographicOperations.FixedTimeEquals(Compute(_salt, secret), _hash);

    public override string ToString() => $"{Scheme}:{Convert.ToHexStringLower(_salt)}:{Convert.ToHexStringLower(_hash)}";

    private static bool IsHex(string text) => text.All(char.IsAsciiHexDigit);

    private static byte[] Compute(byte[] salt, string secret) => SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(secret)]);
}
