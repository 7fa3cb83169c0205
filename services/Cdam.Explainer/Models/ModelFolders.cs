using Cdam.Attribution.Models;
using Cdam.Explainer.Configuration;

namespace Cdam.Explainer.Models;

/// <summary>Finds and loads the models that the options name.</summary>
internal static class ModelFolders
{
    /// <summary>Loads all of them; must run on the device thread.</summary>
    /// <exception cref="ModelException">There is none, or some cannot be loaded; all those are named.</exception>
    public static IReadOnlyList<ServedModel> Load(ExplainerOptions options)
    {
        var folders = Find(options);
        var placement = new ModelOptions { Device = options.Device, ComputeType = options.ComputeType, SampleBytes = options.SampleBytes };
        var models = new Dictionary<string, ServedModel>();
        var faults = new List<string>();
        foreach (var folder in folders)
        {
            if (Load(folder, placement, models) is { } fault)
            {
                faults.Add(fault);
            }
        }

        if (faults.Count > 0)
        {
            models.Values.ToList().ForEach(model => model.Engine.Dispose());
            throw new ModelException($"{faults.Count} of {folders.Count} models cannot be loaded: {string.Join(" | ", faults)}");
        }

        return [.. models.Values];
    }

    private static List<string> Find(ExplainerOptions options)
    {
        var folders = options.ModelsDirectory is { } root
            ? Directory.GetDirectories(root).Where(folder => File.Exists(Path.Combine(folder, ModelManifest.FileName))).Order(StringComparer.Ordinal)
            : Enumerable.Empty<string>();
        var all = folders.Concat(options.Models).ToList();
        return all.Count > 0
            ? all
            : throw new ModelException($"{options.ModelsDirectory}: holds no model; a model is a sub-folder with a {ModelManifest.FileName}");
    }

    private static string? Load(string folder, ModelOptions placement, Dictionary<string, ServedModel> models)
    {
        try
        {
            var model = new ServedModel(ExplainableModel.Load(folder, placement));
            if (models.TryAdd(model.Name, model))
            {
                return null;
            }

            model.Engine.Dispose();
            return $"{folder}: id \"{model.Engine.Manifest.Id}\" is another folder's already; must be unique";
        }
        catch (Exception exception)
        {
            // Whatever it is, the folder is broken, and the others are still to be looked at.
            return exception.Message.StartsWith(folder, StringComparison.Ordinal) ? exception.Message : $"{folder}: {exception.Message}";
        }
    }
}
