using Microsoft.IdentityModel.Tokens;

namespace Cdam.Gateway.Access;

/// <summary>The keys that the issuer signs tokens with.</summary>
internal interface ITokenKeys
{
    /// <summary>Null while they could not be read yet.</summary>
    IReadOnlyList<SecurityKey>? Current { get; }

    /// <summary>Reads them again because a token names one that is not there, unless that was tried a moment ago.</summary>
    Task RefreshAsync(CancellationToken cancellation);
}
