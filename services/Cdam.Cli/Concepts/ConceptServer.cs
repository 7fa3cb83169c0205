using System.CommandLine;
using Cdam.V1;
using Google.Protobuf;
using Grpc.Net.Client;

namespace Cdam.Cli.Concepts;

/// <summary>A gateway that keeps concepts.</summary>
internal sealed class ConceptServer : IDisposable
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true).WithIndentation());
    private readonly GrpcChannel _channel;

    private ConceptServer(string address)
    {
        _channel = GrpcChannel.ForAddress(address);
        Client = new ConceptService.ConceptServiceClient(_channel);
    }

    public ConceptService.ConceptServiceClient Client { get; }

    /// <summary>The option that names it.</summary>
    public static Option<string> Option() => new("--server") { Description = "Address of a gateway.", Required = true };

    /// <exception cref="ArgumentException">The address is none.</exception>
    public static ConceptServer Open(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        ? new ConceptServer(address)
        : throw new ArgumentException($"--server {address}: must be an address such as http://127.0.0.1:8000");

    /// <summary>A message for programs.</summary>
    public static string Json(IMessage message) => Formatter.Format(message);

    public void Dispose() => _channel.Dispose();
}
