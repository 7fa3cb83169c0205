using Cdam.Attribution.Concepts;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;
using Cdam.Attribution.Preprocessing;
using Spectre.Console;

namespace Cdam.Cli.Concepts;

/// <summary>Makes a concept of pictures and adds it to a model's folder; with a picture that cannot be read nothing is added.</summary>
/// <param name="folder">The model's.</param>
/// <param name="concept">But for its vector.</param>
/// <param name="source">Where the pictures come from, for people.</param>
/// <param name="replace">Whether it may be there already.</param>
internal sealed class ConceptAddition(string folder, ConceptTarget concept, string? source, bool replace)
{
    private const int Batch = 4;

    /// <summary>Reads the pictures, a batch at a time, and writes the concept.</summary>
    /// <returns>The exit code; pictures that cannot be read are named.</returns>
    public int Run(IReadOnlyList<string> images, ModelOptions options, CancellationToken cancellation)
    {
        ConceptWriter.RequireFree(folder, concept.Id!, replace);
        using var model = ExplainableModel.Load(folder, options);
        var mean = new MeanLatent(model);
        var unreadable = 0;
        CommandErrors.Console.Progress().AutoClear(true).Start(progress =>
        {
            var task = progress.AddTask("reading", maxValue: images.Count);
            foreach (var batch in images.Chunk(Batch))
            {
                cancellation.ThrowIfCancellationRequested();
                var read = batch.Select(image => Read(image, model)).ToList();
                unreadable += read.Count(input => input is null);
                foreach (var size in read.OfType<ModelInput>().GroupBy(input => (input.Height, input.Width)))
                {
                    mean.Add([.. size]);
                }

                task.Increment(batch.Length);
            }
        });
        if (unreadable > 0)
        {
            CommandErrors.Console.MarkupLineInterpolated($"[red]error[/] {unreadable} of {images.Count} pictures cannot be used: no concept was added");
            return 1;
        }

        ConceptWriter.Add(folder, concept with { Vector = mean.Vector() }, mean.Images, source, replace);
        Console.WriteLine($"{folder}: concept {concept.Id}, the mean latent of {mean.Images} pictures");
        return 0;
    }

    /// <summary>A picture as the model takes it; null, reported, if it cannot be used.</summary>
    private static ModelInput? Read(string image, ExplainableModel model)
    {
        try
        {
            return ModelInput.FromPicture(model.Preprocessor.Prepare(ImageDecoder.Decode(File.ReadAllBytes(image), new ImageLimits())).Picture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ImageException)
        {
            CommandErrors.Console.MarkupLineInterpolated($"[red]{image}[/]: {exception.Message}");
            return null;
        }
    }
}
