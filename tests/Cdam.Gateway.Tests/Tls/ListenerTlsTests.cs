using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Cdam.V1;
using Grpc.Core;
using Grpc.Net.Client;
using static Cdam.Gateway.Tests.GatewayFixture;

namespace Cdam.Gateway.Tests.Tls;

public sealed class ListenerTlsTests
{
    [Fact]
    public async Task Listener_WithACertificate_ServesBothVersionsOfHttpToThoseWhoBelieveItsAuthority()
    {
        await using var system = await TlsGateway.StartAsync();
        using var believer = system.Connect();
        using var stranger = GrpcChannel.ForAddress(system.Address);
        using var http = new HttpClient(new V1.Clients.ClientAccess { CaFile = system.CaFile }.Over(new SocketsHttpHandler()));
        using var answer = await http.GetAsync(system.Address + "/healthz/live", Patience);

        Assert.Equal(StatusCode.OK, await TlsGateway.ExplainAsync(believer));
        Assert.NotEqual(StatusCode.OK, await TlsGateway.ExplainAsync(stranger));
        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version11), (answer.StatusCode, answer.Version));
    }

    [Fact]
    public async Task PlainHttp_ToThePortOfTls_FailsWithoutAnAnswer()
    {
        await using var system = await TlsGateway.StartAsync();
        using var plain = GrpcChannel.ForAddress(system.Address.Replace("https", "http", StringComparison.Ordinal));

        Assert.NotEqual(StatusCode.OK, await TlsGateway.ExplainAsync(plain));
        Assert.Equal(0, system.Gateway.Destination.Explainer.Calls);
    }

    [Theory]
    [InlineData("1.2", SslProtocols.Tls12, true)]
    [InlineData("1.2", SslProtocols.Tls13, true)]
    [InlineData("1.3", SslProtocols.Tls12, false)]
    [InlineData("1.3", SslProtocols.Tls13, true)]
    public async Task Version_BelowTheLeast_IsRefused(string least, SslProtocols version, bool isServed)
    {
        await using var system = await TlsGateway.StartAsync($"--Gateway:Tls:MinimumVersion={least}");

        Assert.Equal(isServed, await SubjectAsync(system, version) is not null);
    }

    [Fact]
    public async Task Certificate_ReplacedWhileRunning_IsShownToNewConnectionsAndOldOnesGoOn()
    {
        await using var system = await TlsGateway.StartAsync();
        using var early = system.Connect();
        using var call = new ExplainerService.ExplainerServiceClient(early).ExplainStream(cancellationToken: Patience);
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal("CN=localhost", await SubjectAsync(system));

        system.Replace(system.Authority.Certify("renewed"));
        await Eventually.HoldsAsync(async () => await SubjectAsync(system) == "CN=renewed");

        await call.RequestStream.WriteAsync(new ExplainStreamRequest { Id = "later" });
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal("later", call.ResponseStream.Current.Id);
        using var late = system.Connect();
        Assert.Equal(StatusCode.OK, await TlsGateway.ExplainAsync(late));
    }

    [Fact]
    public async Task Certificate_ReplacedByOneThatCannotBeUsed_StaysInUse()
    {
        await using var system = await TlsGateway.StartAsync();
        var good = system.Authority.Certify("good");

        system.Replace((good.Certificate, system.Authority.Certify().Key));
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        Assert.Equal("CN=localhost", await SubjectAsync(system));

        system.Replace(system.Authority.Certify("over", TimeSpan.FromMinutes(-1)));
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        Assert.Equal("CN=localhost", await SubjectAsync(system));

        system.Replace(good);
        await Eventually.HoldsAsync(async () => await SubjectAsync(system) == "CN=good");
    }

    /// <returns>Of the certificate that a new connection is shown; null where there is none.</returns>
    private static async Task<string?> SubjectAsync(TlsGateway system, SslProtocols version = SslProtocols.None)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(system.Address).Port, Patience);
        await using var tls = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false);
        try
        {
            using var authority = X509Certificate2.CreateFromPem(system.Authority.Pem);
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "127.0.0.1",
                EnabledSslProtocols = version,
                CertificateChainPolicy = V1.Clients.PrivateTrust.PolicyOf([authority]),
            }, Patience);
            return tls.RemoteCertificate?.Subject;
        }
        catch (Exception fault) when (fault is AuthenticationException or IOException)
        {
            return null;
        }
    }
}
