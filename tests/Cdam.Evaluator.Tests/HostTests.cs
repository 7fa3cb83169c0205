using System.Diagnostics;
using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Grpc.Reflection.V1;
using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Tests;

public sealed class HostTests
{
    [Fact]
    public void Build_SeveralSettingsAtFault_NamesAllOfThemWithTheirValues()
    {
        var fault = Assert.Throws<OptionsValidationException>(() => EvaluatorHost.Build([
            "--Evaluator:Listen=ftp://x", "--Evaluator:MaxMessageBytes=5", "--Evaluator:MaxConcurrentEvaluations=0",
        ]));

        Assert.Equal(
            [
                "Evaluator:Listen (ftp://x) must be an http address such as http://127.0.0.1:8002",
                "Evaluator:ExplainerAddress () must be an http or https address such as http://127.0.0.1:8000",
                "Evaluator:MaxMessageBytes (5) must be between 65536 and 1073741824",
                "Evaluator:MaxImageBytes (33554432) must be between 1024 and Evaluator:MaxMessageBytes (5)",
                "Evaluator:MaxConcurrentEvaluations (0) must be between 1 and 1000",
            ],
            fault.Failures);
    }

    [Theory]
    [InlineData("")]
    [InlineData("cdam.v1.EvaluatorService")]
    public async Task Health_OfARunningEvaluator_IsServing(string name)
    {
        await using var system = await EvaluatorFixture.StartAsync();
        using var channel = GrpcChannel.ForAddress(system.EvaluatorAddress);

        var answer = await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest { Service = name });

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, answer.Status);
    }

    [Fact]
    public async Task Reflection_OfARunningEvaluator_KnowsItsService()
    {
        await using var system = await EvaluatorFixture.StartAsync();
        using var channel = GrpcChannel.ForAddress(system.EvaluatorAddress);
        using var call = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo(cancellationToken: EvaluatorFixture.Patience);

        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" });
        Assert.True(await call.ResponseStream.MoveNext());

        var services = call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name);
        Assert.Contains("cdam.v1.EvaluatorService", services);
    }

    [Fact]
    public async Task UnknownMethod_IsUnimplementedWithDetails()
    {
        await using var system = await EvaluatorFixture.StartAsync();
        using var channel = GrpcChannel.ForAddress(system.EvaluatorAddress);

        // The evaluator is asked for what only an explainer has.
        var fault = await Assert.ThrowsAsync<RpcException>(async () =>
            await new V1.ExplainerService.ExplainerServiceClient(channel).ListModelsAsync(new V1.ListModelsRequest()));

        Assert.Equal(StatusCode.Unimplemented, fault.StatusCode);
        Assert.Equal("NO_SUCH_METHOD", fault.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason);
    }

    [Fact]
    public async Task Process_OnAFreePort_PrintsOneLineAndStopsOnSigterm()
    {
        using var folder = new TemporaryFolder();
        using var process = Start(
            "--Evaluator:Listen=http://127.0.0.1:0", "--Evaluator:ExplainerAddress=http://127.0.0.1:1", $"--Evaluator:Store:Path={folder.File("store.db")}");
        process.BeginErrorReadLine();
        var line = await process.StandardOutput.ReadLineAsync(EvaluatorFixture.Patience);
        using var channel = GrpcChannel.ForAddress(line!["listening ".Length..]);
        var health = await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest());

        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        var rest = await process.StandardOutput.ReadToEndAsync(EvaluatorFixture.Patience);
        await process.WaitForExitAsync(EvaluatorFixture.Patience);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
        Assert.Equal(("", 0), (rest, process.ExitCode));
    }

    [Fact]
    public async Task Process_SettingsAtFault_SaysSoAndExitsWithOne()
    {
        using var process = Start();

        var errors = await process.StandardError.ReadToEndAsync(EvaluatorFixture.Patience);
        await process.WaitForExitAsync(EvaluatorFixture.Patience);

        Assert.Equal(1, process.ExitCode);
        Assert.StartsWith("Evaluator:ExplainerAddress () must be", errors, StringComparison.Ordinal);
    }

    private static Process Start(params string[] args) => Process.Start(
        new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Cdam.Evaluator.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
