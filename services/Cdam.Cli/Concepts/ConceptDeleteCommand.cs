using System.CommandLine;
using Cdam.V1;

namespace Cdam.Cli.Concepts;

/// <summary><c>cdam concept delete</c>: a concept that a server keeps.</summary>
internal static class ConceptDeleteCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "The concept's id." };
        var server = new ConceptServerOptions();
        var command = new Command("delete", "Deletes a concept that a server keeps.") { name };
        server.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var target = server.Open(parsed);
            var request = new DeleteConceptRequest { Name = $"concepts/{parsed.GetRequiredValue(name)}" };
            await target.Client.DeleteConceptAsync(request, cancellationToken: cancellation);
            Console.WriteLine($"{request.Name} deleted");
            return 0;
        });
        return command;
    }
}
