using Cdam.Evaluator.Tests.LinearModel;
using Cdam.Evaluator.Tests.Store;
using Cdam.V1;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Cdam.Evaluator.Tests.Sessions;

/// <summary>A linear explainer, a store, and as many evaluators as a test starts, each on a port of its own.</summary>
internal sealed class BenchmarkFixture : IAsyncDisposable
{
    private readonly List<RunningEvaluator> _evaluators = [];
    private readonly TestStore _store;
    private readonly string[] _arguments;
    private WebApplication _explainer;

    private BenchmarkFixture(TestStore store, WebApplication explainer, string[] arguments) =>
        (_store, _explainer, _arguments, ExplainerAddress) = (store, explainer, arguments, explainer.Urls.First());

    public string ExplainerAddress { get; }

    public LinearExplainer Explainer => _explainer.Services.GetRequiredService<LinearExplainer>();

    public TestStore Store => _store;

    /// <summary>Speaks to the evaluator that was started last.</summary>
    public EvaluatorService.EvaluatorServiceClient Client => _evaluators[^1].Client;

    /// <summary>Where that evaluator listens for what is not gRPC, if it does.</summary>
    public string HttpAddress => _evaluators[^1].HttpAddress;

    private static CancellationToken Patience => EvaluatorFixture.Patience;

    /// <param name="arguments">Settings of all evaluators.</param>
    public static Task<BenchmarkFixture> StartAsync(params string[] arguments) => StartOnAsync(TestStore.Sqlite, arguments);

    public static async Task<BenchmarkFixture> StartOnAsync(string store, params string[] arguments)
    {
        var system = new BenchmarkFixture(await TestStore.EmptyAsync(store), await EvaluatorFixture.StartExplainerAsync(), arguments);
        await system.StartEvaluatorAsync();
        return system;
    }

    /// <summary>Settings for an evaluator on this store and explainer.</summary>
    public string[] Arguments(params string[] more) =>
    [
        "--Evaluator:Listen=http://127.0.0.1:0", "--Logging:LogLevel:Default=None", $"--Evaluator:ExplainerAddress={ExplainerAddress}",
        "--Evaluator:Benchmarks:LeaseSeconds=1", .. _store.Arguments, .. _arguments, .. more,
    ];

    public async Task<RunningEvaluator> StartEvaluatorAsync(params string[] more)
    {
        var evaluator = await RunningEvaluator.StartAsync(Arguments(more));
        _evaluators.Add(evaluator);
        return evaluator;
    }

    /// <summary>Stops an evaluator as SIGTERM does.</summary>
    public async Task StopAsync(RunningEvaluator evaluator)
    {
        _evaluators.Remove(evaluator);
        await evaluator.DisposeAsync();
    }

    public Task StopEvaluatorAsync() => StopAsync(_evaluators[^1]);

    /// <summary>Drops every call of the explainer and its connections.</summary>
    public async Task StopExplainerAsync()
    {
        await _explainer.StopAsync(new CancellationToken(canceled: true));
        await _explainer.DisposeAsync();
    }

    /// <summary>A new explainer where the old one was.</summary>
    public async Task ResumeExplainerAsync() => _explainer = await EvaluatorFixture.StartExplainerAsync(ExplainerAddress);

    /// <summary>An image of its own for each number.</summary>
    public static UploadImagesRequest Picture(int number) => new()
    {
        Name = $"picture {number}",
        Image = new Image
        {
            Picture = new Picture
            {
                Width = LinearPicture.Width,
                Height = LinearPicture.Height,
                Rgb = ByteString.CopyFrom(LinearPicture.Pixels(number)),
            },
        },
        Labels = { new Target { Index = number % LinearPicture.Outputs } },
    };

    public async Task<UploadImagesResponse> UploadAsync(params IEnumerable<UploadImagesRequest> images)
    {
        using var call = Client.UploadImages(cancellationToken: Patience);
        foreach (var image in images)
        {
            try
            {
                await call.RequestStream.WriteAsync(image);
            }
            catch (RpcException)
            {
                break; // refused: the answer says why
            }
        }

        await call.RequestStream.CompleteAsync();
        return await call;
    }

    /// <summary>Settings for so many uploaded pictures.</summary>
    public async Task<BenchmarkSettings> SettingsAsync(int images, string model = "linear", params string[] methods)
    {
        var uploaded = await UploadAsync(Enumerable.Range(0, images).Select(Picture));
        return new BenchmarkSettings
        {
            Model = $"models/{model}",
            Source = new BenchmarkSource { ImageSet = uploaded.ImageSet },
            Methods = { methods.Select(method => new MethodSpec { Name = method }) },
        };
    }

    /// <summary>Starts a benchmark and gives its name.</summary>
    public async Task<string> StartBenchmarkAsync(BenchmarkSettings settings) =>
        (await Client.StartBenchmarkAsync(new StartBenchmarkRequest { Settings = settings }, cancellationToken: Patience)).Benchmark.Name;

    /// <summary>All events, to the end.</summary>
    public async Task<List<BenchmarkEvent>> EventsAsync(string name, long from = 0)
    {
        using var call = Client.AttachBenchmark(new AttachBenchmarkRequest { Name = name, FromEvent = from }, cancellationToken: Patience);
        return await call.ResponseStream.ReadAllAsync().Select(answer => answer.Event).ToListAsync();
    }

    /// <summary>Returns once so many images are measured.</summary>
    public async Task MeasuredAsync(string name, int images)
    {
        using var call = Client.AttachBenchmark(new AttachBenchmarkRequest { Name = name }, cancellationToken: Patience);
        await call.ResponseStream.ReadAllAsync().FirstAsync(answer => answer.Event.Progress.MeasuredCount >= images);
    }

    /// <summary>Measures without any interruption.</summary>
    public async Task<BenchmarkTable> UninterruptedAsync(BenchmarkSettings settings)
    {
        var plain = settings.Clone();
        plain.Model = "models/linear";
        return (await EventsAsync(await StartBenchmarkAsync(plain)))[^1].Finished.Table;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var evaluator in _evaluators)
        {
            await evaluator.DisposeAsync();
        }

        await StopExplainerAsync();
        await _store.DisposeAsync();
    }
}
