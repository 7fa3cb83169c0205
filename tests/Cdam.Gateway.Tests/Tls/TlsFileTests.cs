using Cdam.Gateway.Tests.Destinations;
using Cdam.V1;
using Grpc.Core;
using Microsoft.Extensions.Options;
using static Cdam.Gateway.Tests.GatewayFixture;

namespace Cdam.Gateway.Tests.Tls;

public sealed class TlsFileTests
{
    public static TheoryData<string, string, string, string> BadPairs => new()
    {
        { "", "KEY", "CertificateFile", "must hold certificates in PEM: there is none" },
        { "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "KEY", "CertificateFile", "must hold certificates in PEM: one of them is broken" },
        { "OVER", "KEY", "CertificateFile", "must hold a certificate that is valid now: it ended at" },
        { "GOOD", "", "KeyFile", "must hold the certificate's private key in PEM, not encrypted" },
        { "GOOD", "OTHER", "KeyFile", "must hold the certificate's private key in PEM, not encrypted" },
        { "GOOD", "GOOD", "KeyFile", "must hold the certificate's private key in PEM, not encrypted" },
    };

    [Theory]
    [MemberData(nameof(BadPairs))]
    public void Build_FilesThatCannotBeUsed_NamesSettingFileAndRule(string certificate, string key, string setting, string rule)
    {
        using var folder = new TemporaryFolder();
        using var authority = new TestAuthority();
        var (good, over) = (authority.Certify(), authority.Certify(ends: TimeSpan.FromMinutes(-1)));
        string Fill(string text) => text switch
        {
            "GOOD" => good.Certificate,
            "OVER" => over.Certificate,
            "KEY" => good.Key,
            "OTHER" => over.Key,
            _ => text,
        };
        var files = (Certificate: folder.Write("tls.crt", Fill(certificate)), Key: folder.Write("tls.key", Fill(key)));

        var fault = Assert.Throws<OptionsValidationException>(() => GatewayHost.Build(
            ["--Gateway:Listen=https://127.0.0.1:0", $"--Gateway:Tls:CertificateFile={files.Certificate}", $"--Gateway:Tls:KeyFile={files.Key}"]));

        var file = setting == "KeyFile" ? files.Key : files.Certificate;
        Assert.StartsWith($"Gateway:Tls:{setting} ({file}) {rule}", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Gateway:Tls:CertificateFile () must be set", "--Gateway:Listen=https://127.0.0.1:0")]
    [InlineData("Gateway:Tls:CertificateFile () must be set", "--Gateway:ListenHttp=https://127.0.0.1:0")]
    [InlineData("Gateway:Tls:CertificateFile (/c) must not be set", "--Gateway:Tls:CertificateFile=/c", "--Gateway:Tls:KeyFile=/k")]
    [InlineData("Gateway:Tls:KeyFile () must be given together", "--Gateway:Listen=https://127.0.0.1:0", "--Gateway:Tls:CertificateFile=/c")]
    [InlineData("Gateway:Tls:ClientCaFile (/ca) must not be set", "--Gateway:Tls:ClientCaFile=/ca")]
    [InlineData("Gateway:Tls:ClientCertificates (Required) must be", "--Gateway:Tls:ClientCertificates=Required")]
    [InlineData("Gateway:Tls:MinimumVersion (1.1) must be 1.2 or 1.3", "--Gateway:Tls:MinimumVersion=1.1")]
    [InlineData("Gateway:Tls:DestinationCaFile (/ca) must be a file that can be read", "--Gateway:Tls:DestinationCaFile=/ca")]
    public void Build_SettingsThatContradict_AreRefused(string message, params string[] args)
    {
        var fault = Assert.Throws<OptionsValidationException>(() => GatewayHost.Build(args));

        Assert.Contains(fault.Failures, failure => failure.StartsWith(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Destination_WithHttps_IsBelievedByItsAuthorityAlone()
    {
        using var folder = new TemporaryFolder();
        using var authority = new TestAuthority();
        await using var destination = await Destination.StartTlsAsync(authority.Certify());
        string[] args = [$"--ReverseProxy:Clusters:explainers:Destinations:one:Address={destination.Address}"];
        await using var believing = await StartAsync(null, [.. args, $"--Gateway:Tls:DestinationCaFile={folder.Write("ca.pem", authority.Pem)}"]);
        await using var doubting = await StartAsync(null, args);
        using var stranger = new TestAuthority("Another authority");
        await using var misled = await StartAsync(null, [.. args, $"--Gateway:Tls:DestinationCaFile={folder.Write("other.pem", stranger.Pem)}"]);

        await believing.Client.ExplainAsync(new ExplainRequest(), cancellationToken: Patience);
        foreach (var gateway in new[] { doubting, misled })
        {
            var fault = await Assert.ThrowsAsync<RpcException>(async () =>
                await gateway.Client.ExplainAsync(new ExplainRequest(), cancellationToken: Patience));
            Assert.Equal(StatusCode.Unavailable, fault.StatusCode);
        }

        Assert.Equal(1, destination.Explainer.Calls);
    }
}
