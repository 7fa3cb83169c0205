using System.CommandLine;
using Cdam.V1.Clients;

namespace Cdam.Cli.Hosting;

/// <summary>The options of every command that goes to a server: how it proves who it is, and whom it believes.</summary>
internal sealed class ServerOptions
{
    private const string KeyVariable = "CDAM_API_KEY";

    private readonly Option<string?> _key = new("--api-key")
    {
        Description = $"API key or token for the server; absent: the environment variable {KeyVariable}, which other users of the machine cannot see.",
    };

    private readonly Option<string?> _ca = new("--ca") { Description = "Authorities of the server's certificate, PEM; absent: the system's." };
    private readonly Option<string?> _certificate = new("--cert") { Description = "This client's certificate, PEM, where the server asks for one." };
    private readonly Option<string?> _certificateKey = new("--cert-key") { Description = "The private key of --cert, PEM." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_key, _ca, _certificate, _certificateKey])
        {
            command.Options.Add(option);
        }
    }

    public ClientAccess Read(ParseResult parsed) => new()
    {
        Key = parsed.GetValue(_key) ?? (Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key ? key : null),
        CaFile = parsed.GetValue(_ca),
        CertificateFile = parsed.GetValue(_certificate),
        CertificateKeyFile = parsed.GetValue(_certificateKey),
    };
}
