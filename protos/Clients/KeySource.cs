namespace Cdam.V1.Clients;

/// <summary>A key that stays, or that a file holds.</summary>
internal sealed class KeySource
{
    private const int MostCharacters = 16 << 10;

    // A key that is replaced in its file is used so soon; reading it for each of thousands of calls would be waste.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly string? _file;
    private string _key;
    private long _read;

    private KeySource(string? file, string key) => (_file, _key, _read) = (file, key, Environment.TickCount64);

    /// <summary>The key as it is now. Where its file cannot be read, the one of before.</summary>
    internal string Current
    {
        get
        {
            lock (_gate)
            {
                if (_file is not null && Environment.TickCount64 - _read >= Pause.TotalMilliseconds)
                {
                    _read = Environment.TickCount64;
                    _key = TryRead(_file, out _) ?? _key;
                }

                return _key;
            }
        }
    }

    /// <exception cref="ArgumentException">The file cannot be read, or the key has characters that no header can carry.</exception>
    internal static KeySource Of(string? key, string? file)
    {
        if (file is null)
        {
            return IsKey(key!) ? new KeySource(null, key!) : throw new ArgumentException("the key must be one line of printable ASCII");
        }

        return new KeySource(file, TryRead(file, out var fault)
            ?? throw new ArgumentException($"{file} must be a file with a key in one line of printable ASCII{fault}"));
    }

    private static string? TryRead(string file, out string fault)
    {
        fault = "";
        try
        {
            using var reader = new StreamReader(file);
            var text = new char[MostCharacters];
            var key = new string(text, 0, reader.ReadBlock(text, 0, text.Length)).Trim();
            return IsKey(key) ? key : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            fault = $": {exception.Message}";
            return null;
        }
    }

    private static bool IsKey(string key) => key.Length is > 0 and < MostCharacters && key.All(character => character is > ' ' and < '\x7f');
}
