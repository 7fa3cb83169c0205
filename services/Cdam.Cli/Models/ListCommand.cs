using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace Cdam.Cli.Models;

/// <summary><c>cdam models list</c>: the catalogue, and what is here.</summary>
internal static class ListCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Prints JSON instead of a table." };
        var models = ModelLocations.Option();
        var command = new Command("list", "Lists the published models that can be pulled, and the models that are here.") { json, models };
        command.SetAction(parsed =>
        {
            var locations = new ModelLocations(parsed.GetValue(models));
            var all = ListedModel.All(locations);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(all, Indented));
            }
            else
            {
                Print(all, locations);
            }

            return 0;
        });
        return command;
    }

    private static void Print(IReadOnlyList<ListedModel> all, ModelLocations locations)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("id", "kind", "backbone", "licence")
            .AddColumn(new TableColumn("MB").RightAligned()).AddColumn("state");
        foreach (var model in all)
        {
            var cells = new[] { model.Id, model.Kind ?? "?", model.Backbone ?? "?", model.Licence ?? "not said", $"{model.Bytes / 1e6:0}", model.State };
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        AnsiConsole.Write(table);
        AnsiConsole.MarkupLineInterpolated($"models are in {locations.Folder}; to fetch one: cdam models pull ID");
        foreach (var model in all.Where(model => model.State == "broken"))
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{model.Id}[/]: {model.Note}");
        }
    }
}
