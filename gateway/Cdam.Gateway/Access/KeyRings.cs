using Cdam.Gateway.Reloading;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Access;

/// <summary>The keys of the file as it is now.</summary>
internal sealed class KeyRings
{
    private static readonly KeyRing None = new(new Dictionary<string, StoredKey>());

    private readonly FileBacked<KeyRing>? _file;

    /// <exception cref="OptionsValidationException">The file cannot be read or breaks a rule.</exception>
    public KeyRings(FileReload reload, IOptions<AccessOptions> options)
    {
        if (options.Value.KeyFile is { } path)
        {
            var file = new SettingFile("Access:KeyFile", path);
            _file = reload.Watch([file], bytes => KeyLines.Read(file, bytes[0]));
        }
    }

    internal KeyRing Current => _file?.Current ?? None;
}
