using Cdam.Gateway.Tests.Access;
using Cdam.V1;
using Google.Rpc;
using Grpc.Core;
using static Cdam.Gateway.Tests.GatewayFixture;

namespace Cdam.Gateway.Tests.Tls;

public sealed class ClientCertificateTests
{
    [Fact]
    public async Task Required_WithoutACertificateOrWithAForeignOne_FailsTheConnection()
    {
        using var foreigner = new TestAuthority(); // of the same name
        await using var system = await TlsGateway.StartAsync("--Gateway:Tls:ClientCaFile={ca}");
        using var bare = system.Connect();
        using var foreign = system.Connect(foreigner.Certify("ci"));
        using var over = system.Connect(system.Authority.Certify("ci", TimeSpan.FromMinutes(-1)));
        using var right = system.Connect(system.Authority.Certify("ci"));

        Assert.NotEqual(StatusCode.OK, await TlsGateway.ExplainAsync(bare));
        Assert.NotEqual(StatusCode.OK, await TlsGateway.ExplainAsync(foreign));
        Assert.NotEqual(StatusCode.OK, await TlsGateway.ExplainAsync(over));
        Assert.Equal(0, system.Gateway.Destination.Explainer.Calls);
        Assert.Equal(StatusCode.OK, await TlsGateway.ExplainAsync(right));
    }

    [Fact]
    public async Task Optional_WithoutACertificate_ConnectsButAForeignOneDoesNot()
    {
        using var foreigner = new TestAuthority();
        await using var system = await TlsGateway.StartAsync("--Gateway:Tls:ClientCaFile={ca}", "--Gateway:Tls:ClientCertificates=Optional");
        using var bare = system.Connect();
        using var foreign = system.Connect(foreigner.Certify("ci"));

        Assert.Equal(StatusCode.OK, await TlsGateway.ExplainAsync(bare));
        Assert.NotEqual(StatusCode.OK, await TlsGateway.ExplainAsync(foreign));
    }

    [Fact]
    public async Task Authorities_ReplacedWhileRunning_DecideOnNewConnections()
    {
        using var next = new TestAuthority("The next authority");
        await using var system = await TlsGateway.StartAsync("--Gateway:Tls:ClientCaFile={clients}");
        using var old = system.Connect(system.Authority.Certify("ci"));
        Assert.Equal(StatusCode.OK, await TlsGateway.ExplainAsync(old));

        system.Trust(next);

        await Eventually.HoldsAsync(async () =>
        {
            using var young = system.Connect(next.Certify("ci"));
            return await TlsGateway.ExplainAsync(young) == StatusCode.OK;
        });
        using var late = system.Connect(system.Authority.Certify("ci"));
        Assert.NotEqual(StatusCode.OK, await TlsGateway.ExplainAsync(late));
        Assert.Equal(StatusCode.OK, await TlsGateway.ExplainAsync(old));
    }

    [Fact]
    public async Task Scopes_OfCertificates_AreThoseOfTheSettingAndOfNobodyElse()
    {
        await using var system = await TlsGateway.StartAsync(
            "--Gateway:Tls:ClientCaFile={ca}", "--Gateway:Tls:ClientCertificates=Optional", "--Gateway:Access:CertificateScopes:0=evaluate");
        using var bare = system.Connect();
        using var shown = system.Connect(system.Authority.Certify("ci"));

        var fault = await Assert.ThrowsAsync<RpcException>(async () =>
            await new ExplainerService.ExplainerServiceClient(shown).ExplainAsync(new ExplainRequest(), cancellationToken: Patience));

        Assert.Equal(StatusCode.Unauthenticated, await TlsGateway.ExplainAsync(bare));
        Assert.Equal("This call needs the scope explain; cert:CN=ci has evaluate.", fault.Status.Detail);
        await new ExplainerService.ExplainerServiceClient(shown).ListMethodsAsync(new ListMethodsRequest(), cancellationToken: Patience);
    }

    [Fact]
    public async Task Key_BesideACertificate_GoesBeforeIt()
    {
        using var folder = new TemporaryFolder();
        var key = KeyGateway.Key("ci", "evaluate");
        await using var system = await TlsGateway.StartAsync("--Gateway:Tls:ClientCaFile={ca}", "--Gateway:Access:CertificateScopes:0=explain",
            $"--Gateway:Access:KeyFile={folder.Write("keys", key.Line)}");
        using var shown = system.Connect(system.Authority.Certify("ci"));

        var fault = await Assert.ThrowsAsync<RpcException>(async () => await new ExplainerService.ExplainerServiceClient(shown)
            .ExplainAsync(new ExplainRequest(), KeyGateway.With(key.Key), cancellationToken: Patience));

        Assert.Equal("explain", fault.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Metadata["scope"]);
        Assert.Equal(StatusCode.OK, await TlsGateway.ExplainAsync(shown));
    }
}
