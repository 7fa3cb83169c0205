using System.Diagnostics;
using Cdam.V1;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Grpc.Reflection.V1;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Tests;

public sealed class HostTests
{
    // Only a call that hangs reaches this; starting the process takes about a second.
    private static CancellationToken Patience => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    [Theory]
    [InlineData("", HealthCheckResponse.Types.ServingStatus.Serving)]
    [InlineData("cdam.v1.ExplainerService", HealthCheckResponse.Types.ServingStatus.NotServing)]
    [InlineData("cdam.v1.EvaluatorService", HealthCheckResponse.Types.ServingStatus.NotServing)]
    public async Task Health_WithoutDestinations_TellsTheGatewayFromWhatIsBehindIt(string name, HealthCheckResponse.Types.ServingStatus expected)
    {
        await using var gateway = await GatewayFixture.StartWithoutDestinationAsync();

        var answer = await new Health.HealthClient(gateway.Channel).CheckAsync(new HealthCheckRequest { Service = name });

        Assert.Equal(expected, answer.Status);
    }

    [Fact]
    public async Task Point_WhileTheGatewayRuns_SendsCallsThere()
    {
        await using var gateway = await GatewayFixture.StartWithoutDestinationAsync();
        await using var destination = await Destinations.Destination.StartAsync();
        var health = new Health.HealthClient(gateway.Channel);
        var name = new HealthCheckRequest { Service = "cdam.v1.ExplainerService" };

        GatewayHost.Point(gateway.App, "explainers", destination.Address);
        while ((await health.CheckAsync(name, cancellationToken: Patience)).Status != HealthCheckResponse.Types.ServingStatus.Serving)
        {
            await Task.Delay(10, Patience);
        }

        var answer = await new ExplainerService.ExplainerServiceClient(gateway.Channel).GetModelAsync(new GetModelRequest { Name = "models/m" });
        Assert.Equal("models/m", answer.Model.Name);
    }

    [Theory]
    [InlineData("cdam.v1.EvaluatorService")]
    [InlineData("google.rpc.ErrorInfo")] // part of no service, yet needed to read the details of errors
    public async Task Reflection_AtTheGateway_KnowsTheServicesBehindItAndTheirErrors(string symbol)
    {
        await using var gateway = await GatewayFixture.StartWithoutDestinationAsync();
        using var call = new ServerReflection.ServerReflectionClient(gateway.Channel).ServerReflectionInfo(cancellationToken: Patience);

        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" });
        Assert.True(await call.ResponseStream.MoveNext());
        var services = call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name).ToArray();
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { FileContainingSymbol = symbol });
        Assert.True(await call.ResponseStream.MoveNext());

        Assert.Contains("cdam.v1.ExplainerService", services);
        Assert.Contains("cdam.v1.EvaluatorService", services);
        Assert.NotEmpty(call.ResponseStream.Current.FileDescriptorResponse.FileDescriptorProto);
    }

    [Fact]
    public void Build_ListenAddressThatIsNotHttp_NamesSettingValueAndRule()
    {
        var fault = Assert.Throws<OptionsValidationException>(() => GatewayHost.Build(["--Gateway:Listen=ftp://127.0.0.1:1"]));

        Assert.Equal("Gateway:Listen (ftp://127.0.0.1:1) must be an http or https address such as http://127.0.0.1:8000", fault.Message);
    }

    [Fact]
    public async Task Process_OnFreePorts_PrintsItsAddressesAndStopsOnSigterm()
    {
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Cdam.Gateway.dll"), "--Gateway:Listen=http://127.0.0.1:0", "--Gateway:ListenHttp=http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var log = new System.Collections.Concurrent.ConcurrentQueue<string>();
        process.ErrorDataReceived += (_, line) => log.Enqueue(line.Data ?? "");
        process.BeginErrorReadLine();
        var line = await process.StandardOutput.ReadLineAsync(Patience);
        var second = await process.StandardOutput.ReadLineAsync(Patience);
        using var http = new HttpClient();
        var live = await http.GetStringAsync(second!["http ".Length..] + "/healthz/live", Patience);
        using var channel = GrpcChannel.ForAddress(line!["listening ".Length..]);
        var health = await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest());

        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        var rest = await process.StandardOutput.ReadToEndAsync(Patience);
        await process.WaitForExitAsync(Patience);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
        Assert.Equal("Healthy", live);
        Assert.Equal(("", 0), (rest, process.ExitCode));
        Assert.Contains(log, line => line.Contains("pool explainers: no destination", StringComparison.Ordinal));
    }
}
