using System.CommandLine;
using System.Globalization;
using Cdam.V1;
using Google.Rpc;
using Grpc.Core;
using Spectre.Console;

namespace Cdam.Cli.Concepts;

/// <summary><c>cdam concept create</c>: a concept that a server keeps, of picture files.</summary>
internal static class ConceptCreateCommand
{
    private const string ImageField = "images[";

    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "The concept's id: lower-case letters, digits, '-', '.', '_'." };
        var images = new Argument<string[]>("image") { Description = "2 to 1000 JPEG, PNG, WebP, BMP or TIFF files that show it.", Arity = new ArgumentArity(2, 1000) };
        var server = new ConceptServerOptions();
        var model = new Option<string>("--model") { Description = "The model's id.", Required = true };
        var title = new Option<string?>("--display-name") { Description = "What people call it; absent: the id." };
        var description = new Option<string?>("--description") { Description = "What it is, for people." };
        var similarity = new Option<Attribution.Explanations.Similarity>("--similarity") { Description = "DotProduct, Cosine or NegativeL2." };
        var request = new Option<string?>("--request-id") { Description = "A UUID: the same command again gives what the first one made." };
        var command = new Command("create", "Makes a concept of pictures on a server, for all its explainers.")
        {
            name, images, model, title, description, similarity, request,
        };
        server.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var setup = new ConceptSetup
            {
                ConceptId = parsed.GetRequiredValue(name),
                Model = $"models/{parsed.GetRequiredValue(model)}",
                DisplayName = parsed.GetValue(title) ?? "",
                Description = parsed.GetValue(description) ?? "",
                Similarity = Enum.Parse<Similarity>($"{parsed.GetValue(similarity)}"),
                RequestId = parsed.GetValue(request) ?? "",
            };
            return Run(server.Open(parsed), setup, parsed.GetRequiredValue(images), cancellation);
        });
        return command;
    }

    private static async Task<int> Run(ConceptServer opened, ConceptSetup setup, string[] files, CancellationToken cancellation)
    {
        using var server = opened;
        try
        {
            var concept = await CommandErrors.Console.Progress().AutoClear(true).StartAsync(async progress =>
            {
                var task = progress.AddTask("sending", maxValue: files.Length);
                return await new ConceptUpload(server.Client).Send(setup, files, () => task.Increment(1), cancellation);
            });
            ConceptText.Write(concept, files);
            return 0;
        }
        catch (RpcException fault) when (Faulty(fault).Count > 0)
        {
            var faulty = Faulty(fault);
            faulty.ForEach(entry => CommandErrors.Console.MarkupLineInterpolated($"[red]{files[entry.Image]}[/]: {entry.Description}"));
            CommandErrors.Console.MarkupLineInterpolated($"[red]error[/] {faulty.Count} of {files.Length} pictures cannot be used: no concept was made");
            return 1;
        }
    }

    /// <summary>The pictures that the server found fault with.</summary>
    private static List<(int Image, string Description)> Faulty(RpcException fault) =>
    [
        .. (fault.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations ?? [])
            .Where(violation => violation.Field.StartsWith(ImageField, StringComparison.Ordinal))
            .Select(violation => (int.Parse(violation.Field.AsSpan(ImageField.Length, violation.Field.IndexOf(']', StringComparison.Ordinal) - ImageField.Length), CultureInfo.InvariantCulture), violation.Description)),
    ];
}
