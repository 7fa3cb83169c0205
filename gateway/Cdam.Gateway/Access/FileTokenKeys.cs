using Cdam.Gateway.Reloading;
using Microsoft.IdentityModel.Tokens;

namespace Cdam.Gateway.Access;

/// <summary>Keys from a file, which is read again when it changes.</summary>
internal sealed class FileTokenKeys : ITokenKeys
{
    private readonly FileBacked<IReadOnlyList<SecurityKey>> _keys;

    public FileTokenKeys(FileReload reload, string path)
    {
        var file = new SettingFile("Access:Jwt:Jwks", path);
        _keys = reload.Watch([file], bytes => TokenKeySet.Read(bytes[0], file.Fault));
    }

    public IReadOnlyList<SecurityKey> Current => _keys.Current;

    /// <summary>Nothing: the file is looked at in any case.</summary>
    public Task RefreshAsync(CancellationToken cancellation) => Task.CompletedTask;
}
