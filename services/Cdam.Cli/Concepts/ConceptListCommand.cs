using System.CommandLine;
using System.Globalization;
using Cdam.V1;
using Spectre.Console;

namespace Cdam.Cli.Concepts;

/// <summary><c>cdam concept list</c>: the concepts that a server keeps.</summary>
internal static class ConceptListCommand
{
    public static Command Create()
    {
        var server = new ConceptServerOptions();
        var model = new Option<string?>("--model") { Description = "Only concepts of this model, by its id." };
        var json = new Option<bool>("--json") { Description = "Prints JSON instead of a table." };
        var command = new Command("list", "Lists the concepts that a server keeps.") { model, json };
        server.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var target = server.Open(parsed);
            var all = await Read(target, parsed.GetValue(model) is { } id ? $"models/{id}" : "", cancellation);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(ConceptServer.Json(all));
            }
            else
            {
                Print(all.Concepts);
            }

            return 0;
        });
        return command;
    }

    /// <summary>All pages as one.</summary>
    private static async Task<ListConceptsResponse> Read(ConceptServer server, string model, CancellationToken cancellation)
    {
        var all = new ListConceptsResponse();
        var request = new ListConceptsRequest { Model = model };
        do
        {
            var page = await server.Client.ListConceptsAsync(request, cancellationToken: cancellation);
            all.Concepts.AddRange(page.Concepts);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        return all;
    }

    private static void Print(IEnumerable<StoredConcept> concepts)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("id", "model")
            .AddColumn(new TableColumn("pictures").RightAligned()).AddColumn(new TableColumn("mean cosine").RightAligned()).AddColumns("made", "name");
        foreach (var concept in concepts)
        {
            var cells = new[]
            {
                concept.Name["concepts/".Length..], concept.Model["models/".Length..], $"{concept.ImageCount}",
                concept.SelfSimilarity.Mean.ToString("0.000", CultureInfo.InvariantCulture), $"{concept.CreateTime.ToDateTimeOffset():u}", concept.DisplayName,
            };
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        AnsiConsole.Write(table);
    }
}
