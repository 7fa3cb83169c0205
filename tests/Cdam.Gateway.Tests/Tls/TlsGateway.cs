using Cdam.V1;
using Cdam.V1.Clients;
using Grpc.Core;
using Grpc.Net.Client;

namespace Cdam.Gateway.Tests.Tls;

/// <summary>A gateway that speaks TLS, with one destination.</summary>
internal sealed class TlsGateway : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;

    private TlsGateway(TemporaryFolder folder, TestAuthority authority, GatewayFixture gateway) =>
        (_folder, Authority, Gateway) = (folder, authority, gateway);

    public TestAuthority Authority { get; }

    public GatewayFixture Gateway { get; }

    public string Address => Gateway.App.Urls.First();

    public string CaFile => _folder.File("ca.pem");

    /// <param name="args">Settings; <c>{ca}</c> in them is the file of the authority, <c>{clients}</c> another that says the same.</param>
    public static async Task<TlsGateway> StartAsync(params string[] args)
    {
        var (folder, authority) = (new TemporaryFolder(), new TestAuthority());
        var ca = folder.Write("ca.pem", authority.Pem);
        var clients = folder.Write("clients.pem", authority.Pem);
        var (certificate, key) = authority.Certify();
        var gateway = await GatewayFixture.StartAsync([
            "--Gateway:Listen=https://127.0.0.1:0", "--Gateway:FileRefresh=00:00:00.1",
            $"--Gateway:Tls:CertificateFile={folder.Write("tls.crt", certificate)}", $"--Gateway:Tls:KeyFile={folder.Write("tls.key", key)}",
            .. args.Select(arg => arg.Replace("{ca}", ca, StringComparison.Ordinal).Replace("{clients}", clients, StringComparison.Ordinal)),
        ]);
        return new TlsGateway(folder, authority, gateway);
    }

    /// <summary>A client that believes the authority.</summary>
    /// <param name="certificate">To show; null: none.</param>
    public GrpcChannel Connect((string Certificate, string Key)? certificate = null)
    {
        var access = new ClientAccess { CaFile = CaFile };
        if (certificate is { } shown)
        {
            access = access with { CertificateFile = _folder.Write("client.crt", shown.Certificate), CertificateKeyFile = _folder.Write("client.key", shown.Key) };
        }

        return GrpcChannel.ForAddress(Address, new GrpcChannelOptions { HttpHandler = access.Over(new SocketsHttpHandler()), DisposeHttpClient = true });
    }

    /// <summary>The status of a call; a handshake that fails is UNAVAILABLE or INTERNAL.</summary>
    public static async Task<StatusCode> ExplainAsync(GrpcChannel channel)
    {
        try
        {
            await new ExplainerService.ExplainerServiceClient(channel).ExplainAsync(new ExplainRequest(), cancellationToken: GatewayFixture.Patience);
            return StatusCode.OK;
        }
        catch (RpcException fault)
        {
            return fault.StatusCode;
        }
    }

    public void Replace((string Certificate, string Key) pair)
    {
        _folder.Write("tls.crt", pair.Certificate);
        _folder.Write("tls.key", pair.Key);
    }

    /// <summary>Changes which authority's clients are let in.</summary>
    public void Trust(TestAuthority authority) => _folder.Write("clients.pem", authority.Pem);

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        Authority.Dispose();
        _folder.Dispose();
    }
}
