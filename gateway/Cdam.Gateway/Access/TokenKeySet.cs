using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Cdam.Gateway.Access;

/// <summary>Reads JSON Web Key Sets (RFC 7517).</summary>
internal static class TokenKeySet
{
    /// <param name="json">The set.</param>
    /// <param name="fault">Makes the exception that the set breaks a rule.</param>
    /// <returns>Its public keys for signatures, at least one; those of other kinds are passed over.</returns>
    internal static IReadOnlyList<SecurityKey> Read(byte[] json, Func<string, Exception> fault)
    {
        IList<SecurityKey> keys;
        try
        {
            keys = new JsonWebKeySet(Encoding.UTF8.GetString(json)).GetSigningKeys();
        }
        catch (ArgumentException)
        {
            throw fault("must be a JSON Web Key Set: an object with keys");
        }

        // A symmetric key would let everyone who can read the set make tokens.
        List<SecurityKey> usable = [.. keys.OfType<AsymmetricSecurityKey>()];
        return usable.Count > 0 ? usable : throw fault("must have at least one RSA or elliptic-curve key for signatures");
    }
}
