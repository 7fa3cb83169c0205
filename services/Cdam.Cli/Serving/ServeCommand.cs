using System.CommandLine;
using Cdam.Cli.Models;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace Cdam.Cli.Serving;

/// <summary><c>cdam serve</c>: gateway, explainer and evaluator in one process, over loopback sockets as in a cluster.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var listen = new Option<string?>("--listen") { Description = "Address of the gateway, where clients connect; absent: http://127.0.0.1:8000." };
        var listenHttp = new Option<string?>("--listen-http") { Description = "Address of the gateway for JSON, gRPC-Web and health pages, \"\" for none; absent: http://127.0.0.1:8080." };
        var model = new Option<string[]>("--model") { Description = "A model's id or folder; may be repeated; absent: all that are there.", AllowMultipleArgumentsPerToken = true };
        var models = ModelLocations.Option();
        var device = new Option<string?>("--device") { Description = "auto, cpu or cuda:N; absent: auto." };
        var config = new Option<string?>("--config") { Description = "A JSON file of the hosts' options, in their sections Explainer, Evaluator, Gateway, ReverseProxy, Logging." };
        var command = new Command("serve", "Runs gateway, explainer and evaluator until SIGTERM or Ctrl-C.") { listen, listenHttp, model, models, device, config };
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = new ServeSettings(parsed.GetValue(config), parsed.GetValue(listen), parsed.GetValue(listenHttp), parsed.GetValue(device));
            var folders = settings.NamesModels ? [] : Folders(parsed.GetValue(model) ?? [], new ModelLocations(parsed.GetValue(models)));
            try
            {
                await Run(settings, folders, cancellation);
                return 0;
            }
            catch (OptionsValidationException fault)
            {
                CommandErrors.Console.MarkupLineInterpolated($"[red]error[/] {fault.Message}");
                return 1;
            }
        });
        return command;
    }

    /// <summary>Of models with one id the first is served: the user's go before the program's.</summary>
    private static IReadOnlyList<string> Folders(string[] wanted, ModelLocations locations) => wanted.Length > 0
        ? [.. wanted.Select(locations.Find)]
        : [.. locations.All().DistinctBy(found => found.Id).Select(found => found.Folder)];

    private static async Task Run(ServeSettings settings, IReadOnlyList<string> folders, CancellationToken cancellation)
    {
        try
        {
            await using var hosts = await ServedHosts.Start(settings, folders, cancellation);
            foreach (var (name, address) in hosts.Addresses)
            {
                AnsiConsole.WriteLine($"{name} {address}");
            }

            AnsiConsole.WriteLine($"ready: clients connect to {hosts.Gateway}");
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            AnsiConsole.WriteLine("stopped");
        }
    }
}
