using Cdam.Cli.Hosting;
using Cdam.Gateway;
using Cdam.V1;
using Google.Protobuf;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Process = global::System.Diagnostics.Process;

namespace Cdam.System.Tests.Killing;

/// <summary>
/// Explainer and evaluator as processes that can be killed and come back, at another address: the explainer behind a gateway, as in a
/// cluster, which stays.
/// </summary>
internal sealed class KilledSystem : IAsyncDisposable
{
    public const string Explainer = "explainer";
    public const string Evaluator = "evaluator";

    private readonly ReferenceModel _model = new("dino-linear");
    private readonly TemporaryFolder _folder = new();
    private readonly WebApplication _gateway;
    private readonly string _option;
    private HostProcess? _explainer;
    private HostProcess? _evaluator;

    private KilledSystem(string option) => (_option, _gateway) = (option, GatewayHost.Build(["--Gateway:Listen=http://127.0.0.1:0", "--Logging:LogLevel:Default=None"]));

    /// <summary>Where clients reach the evaluator now.</summary>
    public string EvaluatorAddress => _evaluator!.Address;

    /// <param name="option">A further option of the explainer; empty: none.</param>
    public static async Task<KilledSystem> StartAsync(string option, CancellationToken cancellation)
    {
        var system = new KilledSystem(option);
        await system._gateway.StartAsync(cancellation);
        await system.RaiseAsync(Explainer, cancellation);
        await Readiness.Wait(system._explainer!.Address, "", cancellation);
        await system.RaiseAsync(Evaluator, cancellation);
        return system;
    }

    /// <summary>Kills services (SIGKILL) and starts them again, all at a time.</summary>
    public async Task KillAsync(IReadOnlyList<string> services, CancellationToken cancellation)
    {
        foreach (var host in services.Select(service => service == Explainer ? _explainer! : _evaluator!))
        {
            using var process = Process.GetProcessById(host.Id);
            process.Kill();
        }

        foreach (var service in services)
        {
            await (service == Explainer ? _explainer! : _evaluator!).DisposeAsync();
        }

        await Task.WhenAll(services.Select(service => RaiseAsync(service, cancellation)));
    }

    /// <summary>Uploads the case's picture with another first row for each image.</summary>
    public async Task<BenchmarkSettings> SettingsAsync(int images, CancellationToken cancellation)
    {
        using var channel = GrpcChannel.ForAddress(EvaluatorAddress);
        using var upload = new EvaluatorService.EvaluatorServiceClient(channel).UploadImages(cancellationToken: cancellation);
        for (var i = 0; i < images; i++)
        {
            var image = _model.Image;
            var rgb = image.Picture.Rgb.ToByteArray();
            new Random(i).NextBytes(rgb.AsSpan(0, 3 * image.Picture.Width));
            image.Picture.Rgb = ByteString.CopyFrom(rgb);
            await upload.RequestStream.WriteAsync(new UploadImagesRequest { Name = $"{i}", Image = image }, cancellation);
        }

        await upload.RequestStream.CompleteAsync();
        return new BenchmarkSettings { Model = _model.Name, Source = new BenchmarkSource { ImageSet = (await upload).ImageSet } };
    }

    /// <summary>Starts a benchmark and gives its name.</summary>
    public async Task<string> BeginAsync(BenchmarkSettings settings, CancellationToken cancellation)
    {
        using var channel = GrpcChannel.ForAddress(EvaluatorAddress);
        var request = new StartBenchmarkRequest { Settings = settings };
        return (await new EvaluatorService.EvaluatorServiceClient(channel).StartBenchmarkAsync(request, cancellationToken: cancellation)).Benchmark.Name;
    }

    public async ValueTask DisposeAsync()
    {
        await (_evaluator?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_explainer?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _gateway.DisposeAsync();
        _model.Dispose();
        _folder.Dispose();
    }

    private async Task RaiseAsync(string service, CancellationToken cancellation)
    {
        var log = Path.Combine(_folder.Path, $"{Guid.NewGuid():N}.log");
        if (service == Explainer)
        {
            string[] options = ["--Explainer:Listen=http://127.0.0.1:0", $"--Explainer:Models:0={_model.Folder}", .. _option.Length > 0 ? [_option] : Array.Empty<string>()];
            _explainer = await HostProcess.Start("Cdam.Explainer", log, options, cancellation);
            GatewayHost.Point(_gateway, "explainers", _explainer.Address);
            return;
        }

        _evaluator = await HostProcess.Start("Cdam.Evaluator", log,
            [
                "--Evaluator:Listen=http://127.0.0.1:0", $"--Evaluator:ExplainerAddress={_gateway.Urls.First()}",
                $"--Evaluator:Store:Path={Path.Combine(_folder.Path, "store.db")}", "--Evaluator:Benchmarks:LeaseSeconds=1",

                // One after another, the work is far from its end when the processes are killed.
                "--Evaluator:Benchmarks:ImagesInFlight=1",
            ],
            cancellation);
    }
}
