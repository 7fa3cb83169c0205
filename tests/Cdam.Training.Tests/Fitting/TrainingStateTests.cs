using Cdam.Attribution.Checkpoints;
using Cdam.Attribution.Native;
using Cdam.Training.Fitting;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cdam.Training.Tests.Fitting;

public sealed class TrainingStateTests : IDisposable
{
    private static readonly Dictionary<string, string> Notes = new() { ["epoch"] = "3" };
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("cdam-state-");

    public TrainingStateTests() => TorchRuntime.Load();

    private string Folder => Path.Combine(_scratch.FullName, "state");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Restore_OptimiserUnderWay_TakesTheVeryStepThatWouldHaveComeNext(bool decoupled)
    {
        using var first = new Fit(decoupled);
        first.Step(3);
        TrainingState.Save(Folder, first.Sets, first.Optimizer, Notes);
        first.Step(1);

        using var second = new Fit(decoupled);
        Assert.Equal(Notes, TrainingState.Notes(Folder));
        Assert.Equal(Notes, TrainingState.Restore(Folder, second.Sets, second.Optimizer));
        second.Step(1);
        Assert.Equal(first.Values, second.Values);

        // The moments matter: the same weights with a fresh optimiser go elsewhere.
        using var third = new Fit(decoupled);
        using var forgetful = new Fit(decoupled);
        TrainingState.Restore(Folder, third.Sets, forgetful.Optimizer);
        third.Step(1);
        Assert.NotEqual(first.Values, third.Values);
    }

    [Fact]
    public void Restore_AfterACrashBetweenTheTwoMoves_FindsTheFormerState()
    {
        using var fit = new Fit();
        TrainingState.Save(Folder, fit.Sets, fit.Optimizer, Notes);
        Directory.Move(Folder, $"{Folder}.old");
        Assert.True(TrainingState.Exists(Folder));
        Assert.Equal(Notes, TrainingState.Restore(Folder, fit.Sets, fit.Optimizer));
        Assert.Equal([Folder], Directory.GetFileSystemEntries(_scratch.FullName));
    }

    [Fact]
    public void Save_AfterACrashAmidWriting_ReplacesWhatWasLeft()
    {
        using var fit = new Fit();
        TrainingState.Save(Folder, fit.Sets, fit.Optimizer, Notes);
        Directory.CreateDirectory($"{Folder}.new");
        File.WriteAllText(Path.Combine($"{Folder}.new", "weights.safetensors"), "half a file");
        Assert.Equal("3", TrainingState.Notes(Folder)["epoch"]);
        TrainingState.Save(Folder, fit.Sets, fit.Optimizer, new Dictionary<string, string> { ["epoch"] = "4" });
        Assert.Equal("4", TrainingState.Notes(Folder)["epoch"]);
        Assert.Equal([Folder], Directory.GetFileSystemEntries(_scratch.FullName));
    }

    [Fact]
    public void Exists_NothingSaved_IsFalse() => Assert.False(TrainingState.Exists(Folder));

    [Theory]
    [InlineData("weight", 3)]
    [InlineData("kernel", 2)]
    public void Restore_StateOfAnotherNetwork_NamesTheTensor(string name, int rows)
    {
        using var fit = new Fit();
        TrainingState.Save(Folder, fit.Sets, fit.Optimizer, Notes);
        using var other = new Fit(name: name, rows: rows);
        var refusal = Assert.Throws<CheckpointException>(() => TrainingState.Restore(Folder, other.Sets, other.Optimizer)).Message;
        Assert.Contains($"has no tensor weights/{name} of shape [{rows}, 3]; it is of another network", refusal, StringComparison.Ordinal);
    }

    public void Dispose() => _scratch.Delete(recursive: true);

    /// <summary>Two numbers by three, pulled along different ways at each step.</summary>
    private sealed class Fit : IDisposable
    {
        private readonly Parameter _weight;
        private int _steps;

        public Fit(bool decoupled = false, string name = "weight", int rows = 2)
        {
            _weight = new Parameter(arange(3 * rows, dtype: ScalarType.Float32).view(rows, 3) / 10, true);
            Optimizer = decoupled ? optim.AdamW([_weight], 0.01, weight_decay: 0.1) : optim.Adam([_weight], 0.01);
            Sets = new Dictionary<string, IReadOnlyDictionary<string, Tensor>> { ["weights"] = new Dictionary<string, Tensor> { [name] = _weight } };
        }

        public OptimizerHelper Optimizer { get; }

        public IReadOnlyDictionary<string, IReadOnlyDictionary<string, Tensor>> Sets { get; }

        public float[] Values => _weight.detach().data<float>().ToArray();

        public void Step(int count)
        {
            for (var end = _steps + count; _steps < end; _steps++)
            {
                Optimizer.zero_grad();
                (_weight.pow(2).sum() * (1 + _steps % 3) - _weight.sum()).backward();
                Optimizer.step();
            }
        }

        public void Dispose()
        {
            Optimizer.Dispose();
            _weight.Dispose();
        }
    }
}
