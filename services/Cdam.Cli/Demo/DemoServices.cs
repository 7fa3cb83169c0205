using Cdam.Cli.Hosting;
using Cdam.V1;

namespace Cdam.Cli.Demo;

/// <summary>The three services of one machine, each a process, wired up as in a cluster: clients and the evaluator go through the gateway.</summary>
internal sealed class DemoServices : IAsyncDisposable
{
    private readonly List<HostProcess> _started = [];

    private DemoServices()
    {
    }

    /// <summary>In the order of their start.</summary>
    public IReadOnlyList<HostProcess> Processes => _started;

    /// <summary>Where clients connect.</summary>
    public string Gateway { get; private set; } = "";

    /// <summary>Starts explainer, evaluator and gateway; stops what has started if one of them does not come up.</summary>
    /// <param name="models">Folders of the models to serve.</param>
    /// <param name="logs">Folder for their logs.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<DemoServices> Start(IReadOnlyList<string> models, string logs, CancellationToken cancellation)
    {
        var services = new DemoServices();
        try
        {
            var explainer = await services.Add(
                "Cdam.Explainer", logs, cancellation, [.. models.Select((folder, index) => $"--Explainer:Models:{index}={Path.GetFullPath(folder)}")]);
            var gatewayPort = FreePort.Find();
            var evaluator = await services.Add("Cdam.Evaluator", logs, cancellation,
                $"--Evaluator:ExplainerAddress=http://127.0.0.1:{gatewayPort}",
                $"--Evaluator:Store:Path={Path.GetFullPath(Path.Combine(logs, "evaluator.db"))}");
            var gateway = await services.Add("Cdam.Gateway", logs, cancellation,
                $"--Gateway:Listen=http://127.0.0.1:{gatewayPort}",
                "--Gateway:ListenHttp=",
                $"--ReverseProxy:Clusters:explainers:Destinations:one:Address={explainer.Address}",
                $"--ReverseProxy:Clusters:evaluators:Destinations:one:Address={evaluator.Address}");
            services.Gateway = gateway.Address;
            await Readiness.Wait(explainer.Address, "", cancellation);
            await Readiness.Wait(gateway.Address, EvaluatorService.Descriptor.FullName, cancellation);
            return services;
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops them, the gateway first, so that nothing new comes in.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_started))
        {
            await process.DisposeAsync();
        }

        _started.Clear();
    }

    private async Task<HostProcess> Add(string name, string logs, CancellationToken cancellation, params string[] arguments)
    {
        var section = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var listen = arguments.Any(argument => argument.Contains(":Listen=", StringComparison.Ordinal))
            ? arguments
            : [$"--{section}:Listen=http://127.0.0.1:0", .. arguments];
        var process = await HostProcess.Start(name, Path.Combine(logs, $"{name}.log"), listen, cancellation);
        _started.Add(process);
        return process;
    }
}
