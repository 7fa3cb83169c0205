using System.CommandLine;
using Cdam.Cli.Hosting;

namespace Cdam.Cli.Concepts;

/// <summary>The options that name a gateway and say what it is shown.</summary>
internal sealed class ConceptServerOptions
{
    private readonly Option<string> _server = new("--server") { Description = "Address of a gateway.", Required = true };
    private readonly ServerOptions _access = new();

    public void AddTo(Command command)
    {
        command.Options.Add(_server);
        _access.AddTo(command);
    }

    /// <exception cref="ArgumentException">The address is none, or a file cannot be used.</exception>
    public ConceptServer Open(ParseResult parsed) => ConceptServer.Open(parsed.GetRequiredValue(_server), _access.Read(parsed));
}
