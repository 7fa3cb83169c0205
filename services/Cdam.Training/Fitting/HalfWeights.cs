using System.Runtime.InteropServices;
using Cdam.Attribution.Checkpoints;
using static TorchSharp.torch;

namespace Cdam.Training.Fitting;

/// <summary>Weights as model folders have them: 16 bits each, half the size, with 11 significant bits.</summary>
internal static class HalfWeights
{
    /// <summary>Writes a safetensors file.</summary>
    /// <exception cref="ArgumentException">A weight is beyond ±65504, where float16 ends; it would come back infinite.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, Tensor>> weights) =>
        SafetensorsWriter.Write(path, [.. weights.Select(entry => Entry(entry.Key, entry.Value))]);

    /// <summary>Weights as they come back from a file: rounded, in float32. New tensors in the open dispose scope.</summary>
    public static Dictionary<string, Tensor> Rounded(IReadOnlyDictionary<string, Tensor> weights) =>
        weights.ToDictionary(entry => entry.Key, entry => entry.Value.detach().to(ScalarType.Float16).to(ScalarType.Float32));

    private static SafetensorsEntry Entry(string name, Tensor value)
    {
        using var half = value.detach().to(ScalarType.Float16).cpu().contiguous();
        var data = half.data<Half>().ToArray();
        return Array.TrueForAll(data, Half.IsFinite)
            ? new SafetensorsEntry(name, TensorType.Float16, value.shape, MemoryMarshal.AsBytes<Half>(data).ToArray())
            : throw new ArgumentException($"tensor {name} has a value that is beyond float16 or not a number; the training has diverged");
    }
}
