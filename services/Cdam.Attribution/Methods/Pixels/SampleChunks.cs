using Cdam.Attribution.Native;

namespace Cdam.Attribution.Methods.Pixels;

/// <summary>
/// Runs samples in chunks. One that does not fit into the device's memory is halved, and what follows keeps the smaller size; a
/// single sample that does not fit is the caller's fault to handle.
/// </summary>
/// <param name="count">Samples, at least 1.</param>
/// <param name="size">Samples in a chunk, at least 1.</param>
internal sealed class SampleChunks(int count, int size)
{
    /// <summary>Runs all samples, each once among the chunks that did not fail.</summary>
    /// <param name="run">Computes the chunk (first, size). Must leave nothing behind if it throws.</param>
    public void Run(Action<int, int> run)
    {
        var most = size;
        for (var first = 0; first < count;)
        {
            var taken = Math.Min(most, count - first);
            try
            {
                run(first, taken);
                first += taken;
            }
            catch (Exception exception) when (taken > 1 && DeviceMemory.IsExhausted(exception))
            {
                most = (taken + 1) / 2;
            }
        }
    }
}
