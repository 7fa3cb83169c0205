using System.CommandLine;
using Cdam.Attribution.Catalogue;
using Cdam.Cli.Downloads;

namespace Cdam.Cli.Models;

/// <summary><c>cdam models pull ID</c>: fetches a published model.</summary>
internal static class PullCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("id") { Description = "A model of the catalogue; cdam models list shows them." };
        var mirror = new Option<string?>("--mirror")
        {
            Description = "Address of a folder that has the files under their published names, instead of the official addresses.",
        };
        var models = ModelLocations.Option();
        var command = new Command("pull", "Fetches a published model: goes on after a cut, compares size and hash, and lands whole or not at all.")
        {
            id, mirror, models,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var entry = ModelCatalogue.Get(parsed.GetRequiredValue(id));
            var address = parsed.GetValue(mirror) is { } value ? Mirror(value) : null;
            var pull = new ModelPull(new ModelLocations(parsed.GetValue(models)), new DownloadSettings(), address, CommandErrors.Console);
            Console.WriteLine(await pull.Run(entry, cancellation));
            return 0;
        });
        return command;
    }

    /// <summary>An address to which file names can be added.</summary>
    private static Uri Mirror(string value) =>
        Uri.TryCreate(value.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new ArgumentException($"--mirror is \"{value}\"; must be an address that starts with http:// or https://");
}
