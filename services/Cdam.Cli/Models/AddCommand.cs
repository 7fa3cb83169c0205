using System.CommandLine;
using Cdam.Attribution.Backbones;
using Cdam.Attribution.Catalogue;
using Cdam.Attribution.Models;

namespace Cdam.Cli.Models;

/// <summary><c>cdam models add PATH</c>: brings a checkpoint or a model folder into the folder of models.</summary>
internal sealed class AddCommand
{
    private const string ImageNet = "imagenet";

    private readonly Argument<string> _path = new("path") { Description = "A checkpoint (.pth, .ckpt, .safetensors), or a folder with a model.json." };
    private readonly Option<string?> _entry = new("--entry") { Description = "The catalogue's model that the checkpoint is said to be; it is compared." };
    private readonly Option<string?> _id = new("--id") { Description = "The model's id; absent: the file's name." };
    private readonly Option<string?> _backbone = new("--backbone")
    {
        Description = $"One of {string.Join(", ", BackboneCatalog.All.Keys)}; absent: told from the tensors.",
    };

    private readonly Option<string?> _prefix = new("--prefix") { Description = "What stands before the backbone's tensor names, where the file has several." };
    private readonly Option<HeadKind?> _head = new("--head") { Description = "None, Linear or Mlp; absent: told from the tensors." };
    private readonly Option<string?> _headPrefix = new("--head-prefix") { Description = "What stands before the head's tensor names, where the file has several." };
    private readonly Option<ModelKind?> _kind = new("--kind") { Description = "Class, Concept, Malignancy or Biomarker; absent: Class, or Concept without head." };
    private readonly Option<string?> _outputs = new("--outputs") { Description = $"Names of the outputs: a file with a line for each, or {ImageNet}." };
    private readonly Option<bool> _link = new("--link") { Description = "Links to the files instead of copying them." };
    private readonly Option<string?> _models = ModelLocations.Option();

    public static Command Create()
    {
        var add = new AddCommand();
        var command = new Command("add", "Brings a checkpoint or a model folder into the folder of models, checked.")
        {
            add._path, add._entry, add._id, add._backbone, add._prefix, add._head, add._headPrefix, add._kind, add._outputs, add._link, add._models,
        };
        command.SetAction(add.Run);
        return command;
    }

    private async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        var add = new ModelAdd(new ModelLocations(parsed.GetValue(_models)), parsed.GetValue(_link), CommandErrors.Console);
        var path = parsed.GetRequiredValue(_path);
        RequireFit(parsed, Directory.Exists(path));
        var target = (Directory.Exists(path), parsed.GetValue(_entry)) switch
        {
            (true, _) => await add.Folder(path, cancellation),
            (false, { } entry) => await add.Entry(path, ModelCatalogue.Get(entry), cancellation),
            _ => await add.File(path, Describe(path, parsed), cancellation),
        };
        Console.WriteLine(target);
        return 0;
    }

    /// <summary>A manifest or an entry says everything; what else is said would be lost.</summary>
    private void RequireFit(ParseResult parsed, bool isFolder)
    {
        Option[] byHand = [_id, _backbone, _prefix, _head, _headPrefix, _kind, _outputs];
        Option[] unfit = isFolder ? [_entry, .. byHand] : parsed.GetValue(_entry) is null ? [] : byHand;
        if (unfit.FirstOrDefault(option => parsed.GetResult(option) is not null) is { } option)
        {
            throw new ArgumentException($"{option.Name} is given with {(isFolder ? "a folder, whose model.json" : "--entry, which")} says what the model is");
        }
    }

    private AddedFile Describe(string path, ParseResult parsed) => new()
    {
        Id = parsed.GetValue(_id) ?? Path.GetFileNameWithoutExtension(path).ToLowerInvariant(),
        Backbone = parsed.GetValue(_backbone),
        Prefix = parsed.GetValue(_prefix),
        Head = parsed.GetValue(_head),
        HeadPrefix = parsed.GetValue(_headPrefix),
        Kind = parsed.GetValue(_kind),
        Outputs = parsed.GetValue(_outputs) switch
        {
            null => null,
            ImageNet => ImageNetClasses.Names,
            var file => File.ReadAllLines(file),
        },
    };
}
