using System.Runtime.InteropServices;
using Cdam.Attribution.Checkpoints;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cdam.Training.Fitting;

/// <summary>What a training needs to go on exactly where it stopped, in one folder that is replaced as a whole.</summary>
internal static class TrainingState
{
    private const string WeightsFile = "weights.safetensors";
    private const string OptimizerFile = "optimizer.bin";

    /// <summary>Saves the weights in sets (the current ones, their average, …) and the optimiser.</summary>
    /// <param name="folder">Replaced only when everything is written.</param>
    /// <param name="sets">Tensors by set and name.</param>
    /// <param name="optimizer">With its moments.</param>
    /// <param name="notes">What else to remember.</param>
    public static void Save(
        string folder, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Tensor>> sets, OptimizerHelper optimizer, IReadOnlyDictionary<string, string> notes)
    {
        var (fresh, old) = ($"{folder}.new", $"{folder}.old");
        Clear(fresh);
        Directory.CreateDirectory(fresh);
        var entries = sets.SelectMany(set => set.Value.Select(entry => Entry($"{set.Key}/{entry.Key}", entry.Value))).ToList();
        SafetensorsWriter.Write(Path.Combine(fresh, WeightsFile), entries, notes);
        optimizer.save_state_dict(Path.Combine(fresh, OptimizerFile));
        Clear(old);
        if (Directory.Exists(folder))
        {
            Directory.Move(folder, old);
        }

        Directory.Move(fresh, folder);
        Clear(old);
    }

    /// <summary>Whether there is something to go on from.</summary>
    public static bool Exists(string folder) => Directory.Exists(Recover(folder));

    /// <summary>What else was saved, to tell whether it is the same training before anything is put back.</summary>
    /// <exception cref="CheckpointException">The state is damaged.</exception>
    public static IReadOnlyDictionary<string, string> Notes(string folder)
    {
        using var checkpoint = Checkpoint.Open(Path.Combine(Recover(folder), WeightsFile));
        return checkpoint.Metadata;
    }

    /// <summary>Puts what was saved back into tensors and optimiser.</summary>
    /// <returns>The notes.</returns>
    /// <exception cref="CheckpointException">The state is damaged, or of another network.</exception>
    public static IReadOnlyDictionary<string, string> Restore(
        string folder, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Tensor>> sets, OptimizerHelper optimizer)
    {
        folder = Recover(folder);
        using var noGradient = no_grad();
        using var checkpoint = Checkpoint.Open(Path.Combine(folder, WeightsFile));
        foreach (var (set, tensors) in sets)
        {
            foreach (var (name, target) in tensors)
            {
                using var saved = tensor(Find(checkpoint, $"{set}/{name}", target).ReadFloat32(), target.shape);
                target.copy_(saved);
            }
        }

        optimizer.load_state_dict(Path.Combine(folder, OptimizerFile));
        return checkpoint.Metadata;
    }

    /// <summary>A crash between the two moves of <see cref="Save"/> leaves the former state under its other name.</summary>
    private static string Recover(string folder)
    {
        if (!Directory.Exists(folder) && Directory.Exists($"{folder}.old"))
        {
            Directory.Move($"{folder}.old", folder);
        }

        return folder;
    }

    private static CheckpointTensor Find(Checkpoint checkpoint, string name, Tensor target) =>
        checkpoint.Tensors.TryGetValue(name, out var found) && found.Shape.SequenceEqual(target.shape)
            ? found
            : throw new CheckpointException($"{checkpoint.Path}: has no tensor {name} of shape [{string.Join(", ", target.shape)}]; it is of another network");

    private static SafetensorsEntry Entry(string name, Tensor value)
    {
        using var plain = value.detach().to(ScalarType.Float32).cpu().contiguous();
        return new SafetensorsEntry(name, TensorType.Float32, value.shape, MemoryMarshal.AsBytes<float>(plain.data<float>().ToArray()).ToArray());
    }

    private static void Clear(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
