using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Tests.Hosting;

public sealed class GatewayOptionsTests
{
    [Fact]
    public void Build_SettingsWithSeveralFaults_NamesThemAll()
    {
        var fault = Assert.Throws<OptionsValidationException>(() => GatewayHost.Build([
            "--Gateway:Listen=nowhere",
            "--Gateway:Access:AllowAnonymous=true",
            "--Gateway:ListenHttp=127.0.0.1:8080",
            "--Gateway:MaxMessageBytes=1",
            "--Gateway:PeekBytes=8388608",
            "--Gateway:MaxAttempts=0",
            "--Gateway:ReplayBytes=-1",
            "--Gateway:FailuresInARow=0",
            "--Gateway:FirstMessageTimeout=00:00:00",
            "--Gateway:RefreshInterval=1.00:00:00",
            "--Gateway:InquiryTimeout=00:00:00.01",
            "--Gateway:FileRefresh=00:00:00",
            "--Gateway:DnsRefresh=00:00:00.1",
            "--Gateway:Pools:nodules:Models:0=models/a",
            "--Gateway:Pools:evaluators:Models:0=models/a",
            "--Gateway:Pools:explainers:Models:0= ",
            "--ReverseProxy:Clusters:explainers:Destinations:one:Address=127.0.0.1:80",
        ]));

        Assert.Equal(
            [
                "Gateway:Listen (nowhere) must be an http or https address such as http://127.0.0.1:8000",
                "Gateway:ListenHttp (127.0.0.1:8080) must be empty or an http or https address such as http://127.0.0.1:8080",
                "Gateway:MaxMessageBytes (1) must be 65536 to 1073741824",
                "Gateway:PeekBytes (8388608) must be 1024 to 4194304",
                "Gateway:MaxAttempts (0) must be 1 to 10",
                "Gateway:ReplayBytes (-1) must be 0 to 67108864",
                "Gateway:FailuresInARow (0) must be 1 to 1000",
                "Gateway:FirstMessageTimeout (00:00:00) must be 00:00:00.0100000 to 01:00:00",
                "Gateway:RefreshInterval (1.00:00:00) must be 00:00:00.1000000 to 01:00:00",
                "Gateway:InquiryTimeout (00:00:00.0100000) must be 00:00:00.1000000 to 00:01:00",
                "Gateway:FileRefresh (00:00:00) must be 00:00:00.1000000 to 01:00:00",
                "Gateway:DnsRefresh (00:00:00.1000000) must be 00:00:01 to 01:00:00",
                "Gateway:Pools (evaluators) must name a cluster of explainers in ReverseProxy:Clusters",
                "Gateway:Pools:explainers:Models () must be names of models, models/{id}",
                "Gateway:Pools (nodules) must name a cluster of explainers in ReverseProxy:Clusters",
                "ReverseProxy:Clusters:explainers:Destinations:one:Address (127.0.0.1:80) must be an http or https address such as http://127.0.0.1:8001",
            ],
            fault.Failures);
    }

    [Fact]
    public void Build_ClusterThatTheProxyRefuses_SaysWhichAndWhy()
    {
        var fault = Assert.Throws<OptionsValidationException>(() => GatewayHost.Build([
            "--ReverseProxy:Clusters:explainers:LoadBalancingPolicy=Nearest",
            "--ReverseProxy:Routes:evaluator:ClusterId=",
        ]));

        Assert.Contains(fault.Failures, failure => failure.Contains("Nearest", StringComparison.Ordinal) && failure.Contains("explainers", StringComparison.Ordinal));
    }
}
