using System.CommandLine;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;

namespace Cdam.Cli.Concepts;

/// <summary><c>cdam concept</c>: concepts of model folders (add), and those that a server keeps (the others).</summary>
internal static class ConceptCommand
{
    public static Command Create() => new("concept", "Concepts that come with a model, and concepts that a server keeps.")
    {
        Add(), ConceptCreateCommand.Create(), ConceptListCommand.Create(), ConceptShowCommand.Create(), ConceptDeleteCommand.Create(),
    };

    private static Command Add()
    {
        var name = new Argument<string>("name") { Description = "The concept's id: lower-case letters, digits, '-', '.', '_'." };
        var images = new Argument<string[]>("image") { Description = "JPEG, PNG, WebP, BMP or TIFF files that show it.", Arity = ArgumentArity.OneOrMore };
        var model = new Option<string>("--model") { Description = "The model's folder.", Required = true };
        var title = new Option<string?>("--display-name") { Description = "What people call it; absent: the id." };
        var similarity = new Option<Similarity>("--similarity") { Description = "DotProduct, Cosine or NegativeL2.", DefaultValueFactory = _ => Similarity.DotProduct };
        var source = new Option<string?>("--source") { Description = "Where the images come from, for people." };
        var replace = new Option<bool>("--replace") { Description = "Replaces the concept if it is there." };
        var device = new Option<string>("--device") { Description = "auto, cpu or cuda:N.", DefaultValueFactory = _ => "auto" };
        var command = new Command("add", "Makes a concept, the mean latent of images (Eq. 4 of the paper), and writes it into a model's folder.")
        {
            name, images, model, title, similarity, source, replace, device,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var id = parsed.GetRequiredValue(name);
            var concept = new ConceptTarget(parsed.GetValue(title) ?? id, [], parsed.GetValue(similarity)) { Id = id };
            var addition = new ConceptAddition(parsed.GetRequiredValue(model), concept, parsed.GetValue(source), parsed.GetValue(replace));
            return Task.Run(() => addition.Run(parsed.GetRequiredValue(images), new ModelOptions { Device = parsed.GetRequiredValue(device) }, cancellation), cancellation);
        });
        return command;
    }
}
