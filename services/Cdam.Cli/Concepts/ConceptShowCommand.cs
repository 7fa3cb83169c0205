using System.CommandLine;
using Cdam.V1;

namespace Cdam.Cli.Concepts;

/// <summary><c>cdam concept show</c>: a concept that a server keeps.</summary>
internal static class ConceptShowCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "The concept's id." };
        var server = new ConceptServerOptions();
        var json = new Option<bool>("--json") { Description = "Prints JSON, with the vector and every image's hash and cosine." };
        var command = new Command("show", "Shows a concept that a server keeps.") { name, json };
        server.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var target = server.Open(parsed);
            var request = new GetConceptRequest { Name = $"concepts/{parsed.GetRequiredValue(name)}" };
            var concept = (await target.Client.GetConceptAsync(request, cancellationToken: cancellation)).Concept;
            if (parsed.GetValue(json))
            {
                Console.WriteLine(ConceptServer.Json(concept));
            }
            else
            {
                ConceptText.Write(concept);
            }

            return 0;
        });
        return command;
    }
}
