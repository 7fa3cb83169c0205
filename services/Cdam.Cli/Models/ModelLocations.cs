using System.CommandLine;
using Cdam.Attribution.Catalogue;
using Cdam.Attribution.Models;

namespace Cdam.Cli.Models;

/// <summary>Where models are: the user's folder, and those that came with the program.</summary>
internal sealed class ModelLocations
{
    private const string Variable = "CDAM_MODELS";

    /// <param name="folder">The user's folder; null means <c>$CDAM_MODELS</c>, or <c>~/.cache/cdam/models</c> without it.</param>
    /// <param name="shipped">The program's; null means <c>models</c> beside it. It need not be there.</param>
    /// <exception cref="ArgumentException">No folder is named anywhere, and this user has no home.</exception>
    public ModelLocations(string? folder = null, string? shipped = null)
    {
        Folder = Path.GetFullPath(folder ?? (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } set ? set : Default()));
        Shipped = shipped ?? Path.Combine(AppContext.BaseDirectory, "models");
    }

    /// <summary>The user's folder: what is pulled and added goes there.</summary>
    public string Folder { get; }

    /// <summary>The program's own.</summary>
    public string Shipped { get; }

    /// <summary>The option that names the user's folder.</summary>
    public static Option<string?> Option() => new("--models")
    {
        Description = $"The folder of models; absent: the environment's {Variable}, or ~/.cache/cdam/models.",
    };

    /// <summary>All models, the user's first, each place in the order of names.</summary>
    public IReadOnlyList<FoundModel> All() => [.. In(Folder, isShipped: false), .. In(Shipped, isShipped: true)];

    /// <summary>Finds a model's folder.</summary>
    /// <param name="model">A folder, or an id; the user's models go before the program's.</param>
    /// <exception cref="ModelException">There is none; the message says where it was looked for.</exception>
    public string Find(string model)
    {
        if (Directory.Exists(model))
        {
            return model;
        }

        return All().FirstOrDefault(found => found.Id == model)?.Folder ?? throw new ModelException(
            $"no model \"{model}\": there is no such folder here, and no model of this id in {Folder} (--models or {Variable} name another) or {Shipped}"
            + (ModelCatalogue.TryGet(model) is null ? "" : $"; to fetch it: cdam models pull {model}"));
    }

    private static IEnumerable<FoundModel> In(string root, bool isShipped) => Directory.Exists(root)
        ? Directory.GetDirectories(root)
            .Where(folder => File.Exists(Path.Combine(folder, ModelManifest.FileName)))
            .Order(StringComparer.Ordinal)
            .Select(folder => FoundModel.Read(folder, isShipped))
        : [];

    private static string Default()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home.Length > 0
            ? Path.Combine(home, ".cache", "cdam", "models")
            : throw new ArgumentException($"this user has no home folder; name a folder for models with --models or {Variable}");
    }
}
