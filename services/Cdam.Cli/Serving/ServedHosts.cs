using Cdam.Cli.Hosting;
using Cdam.Evaluator;
using Cdam.Explainer;
using Cdam.Gateway;
using Cdam.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Cdam.Cli.Serving;

/// <summary>The three hosts in this process, wired up as in a cluster: clients and the evaluator go through the gateway.</summary>
internal sealed class ServedHosts : IAsyncDisposable
{
    private readonly List<(string Name, WebApplication Host)> _hosts = [];

    private ServedHosts()
    {
    }

    /// <summary>Where clients connect.</summary>
    public string Gateway { get; private set; } = "";

    /// <summary>Where each host listens: <c>NAME</c> for gRPC, <c>NAME-http</c> for what is not, if it listens for that.</summary>
    public IEnumerable<(string Name, string Address)> Addresses =>
        _hosts.SelectMany(host => ((string[])[host.Name, $"{host.Name}-http"]).Zip(host.Host.Urls));

    /// <summary>Starts them, and returns once models are warm and the gateway serves; stops what has started if one of them fails.</summary>
    public static async Task<ServedHosts> Start(ServeSettings settings, IReadOnlyList<string> models, CancellationToken cancellation)
    {
        var hosts = new ServedHosts();
        try
        {
            var gateway = await hosts.Add("gateway", GatewayHost.Build(settings.Gateway()), cancellation);
            hosts.Gateway = Address(gateway);
            var explainer = await hosts.Add("explainer", ExplainerHost.Build(settings.Explainer(models, settings.Reach(hosts.Gateway))), cancellation);
            GatewayHost.Point(gateway, "explainers", Address(explainer));
            await Readiness.Wait(Address(explainer), "", cancellation);
            var evaluator = await hosts.Add("evaluator", EvaluatorHost.Build(settings.Evaluator(hosts.Gateway)), cancellation);
            GatewayHost.Point(gateway, "evaluators", Address(evaluator));
            await Readiness.Wait(settings.Reach(hosts.Gateway), EvaluatorService.Descriptor.FullName, cancellation, settings.Access);
            return hosts;
        }
        catch
        {
            await hosts.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops the gateway, so that nothing new comes in, then the evaluator, then the explainer that it calls back.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var name in (string[])["gateway", "evaluator", "explainer"])
        {
            foreach (var (_, host) in _hosts.Where(host => host.Name == name))
            {
                await host.StopAsync(CancellationToken.None);
                await host.DisposeAsync();
            }
        }

        _hosts.Clear();
    }

    private static string Address(WebApplication host) =>
        host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    private async Task<WebApplication> Add(string name, WebApplication host, CancellationToken cancellation)
    {
        _hosts.Add((name, host));
        await host.StartAsync(cancellation);
        return host;
    }
}
