using Cdam.Attribution.Models;
using Cdam.Cli.Sanity;
using Cdam.Training.Fitting;

namespace Cdam.System.Tests.Sanity;

/// <summary>A tiny model with random weights, checked in this process.</summary>
internal sealed class SanityBench : IDisposable
{
    private static readonly string Sample = Repository.PathOf("services", "Cdam.Cli", "Samples", "still-life.jpg");
    private readonly TemporaryFolder _folder = new();

    public SanityBench(int classes = 7) => RandomModel.Write(Model, "small", SmallBackbone.Reference, classes, seed: 1);

    public string Model => Path.Combine(_folder.Path, "small");

    /// <summary>A path that is still free.</summary>
    public string PathOf(string name) => Path.Combine(_folder.Path, name);

    /// <summary>A folder with two readable pictures and a file of another kind.</summary>
    public string Pictures()
    {
        var folder = Directory.CreateDirectory(PathOf("pictures")).FullName;
        File.Copy(Sample, Path.Combine(folder, "b.jpg"));
        File.Copy(Sample, Path.Combine(folder, "a.JPG"));
        File.WriteAllText(Path.Combine(folder, "notes.txt"), "not a picture");
        return folder;
    }

    public SanityReport Run(Func<SanityArguments, SanityArguments>? change = null)
    {
        var arguments = new SanityArguments(Model, SanityImages.Scenes, "cdam", null, 2, 0, Independent: false, RandomLabels: null);
        return SanityRun.Run(change?.Invoke(arguments) ?? arguments, new Progress<TrainingProgress>(), TestContext.Current.CancellationToken);
    }

    public void Dispose() => _folder.Dispose();
}
