using System.CommandLine;
using Cdam.Attribution.Catalogue;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;
using Cdam.Attribution.Preprocessing;

namespace Cdam.Cli.Models;

/// <summary><c>cdam models check ID</c>: whether a model can be used, step by step.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var model = new Argument<string>("model") { Description = "A model's id, or its folder." };
        var models = ModelLocations.Option();
        var command = new Command("check", "Checks a model's hashes and tensors, and runs a picture through it. Exit code 1 if anything is wrong.") { model, models };
        command.SetAction(parsed => Run(new ModelLocations(parsed.GetValue(models)).Find(parsed.GetRequiredValue(model))));
        return command;
    }

    /// <summary>Each line is written after its step; a fault ends it with an exception that names it.</summary>
    private static int Run(string folder)
    {
        var inspection = ModelInspection.Of(folder);
        var manifest = inspection.Manifest;
        Console.WriteLine($"manifest: {manifest.Id}, {manifest.Kind}, {manifest.Backbone}, head {manifest.Head}");
        Console.WriteLine($"hashes: {manifest.Files.Count} files as the manifest says");
        Console.WriteLine(FormattableString.Invariant(
            $"tensors: {inspection.Tensors}, {inspection.Parameters / 1e6:0.0} million parameters, {inspection.Outputs} outputs"));
        if (ModelCatalogue.TryGet(manifest.Id) is { } entry)
        {
            Console.WriteLine($"catalogue: {Compare(folder, manifest.Files[0], entry)}");
        }

        using var model = ExplainableModel.Load(folder, new ModelOptions { Device = "cpu" });
        var prediction = model.Predict([ModelInput.FromPicture(model.Preprocessor.Prepare(Picture(model.Backbone.Image)).Picture)])[0];
        var (what, values) = inspection.Outputs > 0 ? ("logits", prediction.Logits) : ("values of the latent", prediction.Latent);
        var bad = Array.FindIndex(values, value => !float.IsFinite(value));
        Console.WriteLine(bad < 0
            ? FormattableString.Invariant($"forward pass: {values.Length} finite {what}, {values.Min():0.00} to {values.Max():0.00}")
            : throw new ModelException($"{folder}: a picture's {what} are not finite: value {bad} is {values[bad]}"));
        Console.WriteLine($"{folder}: usable");
        return 0;
    }

    private static string Compare(string folder, ManifestFile file, CatalogueEntry entry)
    {
        if (entry.File.Difference(Path.Combine(folder, file.Path), file.Sha256) is { } difference)
        {
            throw new ModelException($"{folder}: is not the catalogue's {entry.Id}: {file.Path} {difference}");
        }

        return entry.File.IsHashKnown ? "the published file" : "no hash is published for this file";
    }

    /// <summary>Shades and stripes of every colour, the same each time.</summary>
    private static PixelImage Picture(int side)
    {
        var rgb = new byte[side * side * 3];
        for (var i = 0; i < side * side; i++)
        {
            var (row, column) = (i / side, i % side);
            (rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]) = ((byte)(255 * row / side), (byte)(255 * column / side), (byte)((row ^ column) & 255));
        }

        return new PixelImage(side, side, rgb);
    }
}
