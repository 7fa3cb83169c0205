using Cdam.Cli.Hosting;
using Cdam.V1;
using Cdam.V1.Clients;
using Google.Protobuf;
using Grpc.Net.Client;

namespace Cdam.Cli.Concepts;

/// <summary>A gateway that keeps concepts.</summary>
internal sealed class ConceptServer : IDisposable
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true).WithIndentation());
    private readonly GrpcChannel _channel;

    private ConceptServer(GrpcChannel channel)
    {
        _channel = channel;
        Client = new ConceptService.ConceptServiceClient(_channel);
    }

    public ConceptService.ConceptServiceClient Client { get; }

    /// <param name="address">Of the gateway.</param>
    /// <param name="access">What it is shown.</param>
    /// <exception cref="ArgumentException">The address is none, or a file of <paramref name="access"/> cannot be used.</exception>
    public static ConceptServer Open(string address, ClientAccess access) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        ? new ConceptServer(ServerChannel.Open(address, access))
        : throw new ArgumentException($"--server {address}: must be an address such as http://127.0.0.1:8000");

    /// <summary>A message for programs.</summary>
    public static string Json(IMessage message) => Formatter.Format(message);

    public void Dispose() => _channel.Dispose();
}
