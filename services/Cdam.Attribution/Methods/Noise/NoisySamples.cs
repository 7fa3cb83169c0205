using System.Runtime.InteropServices;
using Cdam.Attribution.ClosedForm;
using Cdam.Attribution.Native;
using static TorchSharp.torch;

namespace Cdam.Attribution.Methods.Noise;

/// <summary>
/// The noisy copies of an image's tokens, a chunk at a time within the memory budget. Noise depends on (seed, sample, token,
/// coordinate) alone, so chunks, threads and devices make no difference to it.
/// </summary>
internal sealed class NoisySamples : IDisposable
{
    private readonly Tensor _source;            // 1 × n × d on the device
    private readonly OwnedTensors _owned = new();
    private readonly Tensor _sourceHost;        // n × d on the CPU
    private readonly Tensor _noisy;             // chunk × n × d on the CPU, filled anew for each chunk: fresh memory costs as much as the noise
    private readonly Tensor _mean;              // chunk × n
    private readonly Tensor _reciprocal;        // chunk × n
    private readonly MethodRequest _parameters;
    private readonly double _epsilon;
    private readonly float _deviation;
    private readonly int _chunk;
    private int _done;

    /// <param name="image">The image.</param>
    /// <param name="source">What noise is added to, 1 × n × d.</param>
    /// <param name="parameters">Checked, defaults filled in.</param>
    public NoisySamples(ImageState image, Tensor source, MethodRequest parameters)
    {
        var (tokens, dim) = (image.Grid.Tokens, image.Block.Dim);
        (_source, _parameters, _epsilon) = (source, parameters, image.Block.Epsilon);
        Count = parameters.Noise is { } noise ? noise.Length / (tokens * dim) : parameters.SampleCount!.Value;
        _deviation = parameters.NoiseLevel is { } level ? level * (source.max() - source.min()).item<float>() : 1;

        // A chunk is held three times: noisy tokens, their weighted products, and a copy on its way to the device.
        _chunk = (int)Math.Clamp(image.SampleBytes / (12L * tokens * dim), 1, Count);
        var host = source[0].cpu().contiguous();
        var (noisy, mean, reciprocal) = (empty(_chunk, tokens, dim), empty(_chunk, tokens), empty(_chunk, tokens));

        // Kept only now: what fails above leaves all of it to the caller's scope.
        (_sourceHost, _noisy, _mean, _reciprocal) = (_owned.Keep(host), _owned.Keep(noisy), _owned.Keep(mean), _owned.Keep(reciprocal));
    }

    /// <summary>All samples.</summary>
    public int Count { get; }

    /// <summary>The next chunk, or null at the end. It is valid until the next call.</summary>
    public NoisyChunk? Next()
    {
        var size = Math.Min(_chunk, Count - _done);
        if (size == 0)
        {
            return null;
        }

        Fill(size);
        _done += size;
        return new NoisyChunk(OnDevice(_noisy, size), OnDevice(_mean, size), OnDevice(_reciprocal, size));
    }

    /// <inheritdoc/>
    public void Dispose() => _owned.Dispose();

    private Tensor OnDevice(Tensor filled, int size) => filled.narrow(0, 0, size).to(_source.device);

    private unsafe void Fill(int size)
    {
        var (count, dim) = ((int)_source.shape[1], (int)_source.shape[2]);
        var rows = size * count;
        var source = Address(_sourceHost);
        var (target, means, reciprocals) = (Address(_noisy), Address(_mean), Address(_reciprocal));
        var first = (long)_done * count;
        var threads = get_num_threads();
        var perThread = (rows + threads - 1) / threads;
        Parallel.For(0, threads, thread =>
        {
            for (var row = thread * perThread; row < Math.Min(rows, (thread + 1) * perThread); row++)
            {
                var destination = new Span<float>((void*)(target + (nint)row * dim * sizeof(float)), dim);
                var original = new ReadOnlySpan<float>((void*)(source + (nint)(row % count) * dim * sizeof(float)), dim);
                FillRow(destination, original, first + row);
                var statistics = NoisyRow.Statistics(destination, _epsilon);
                ((float*)means)[row] = statistics.Mean;
                ((float*)reciprocals)[row] = statistics.ReciprocalDeviation;
            }
        });
    }

    private void FillRow(Span<float> destination, ReadOnlySpan<float> original, long row)
    {
        var position = row * original.Length;
        if (_parameters.Noise is { } noise)
        {
            noise.AsSpan((int)position, original.Length).CopyTo(destination);
        }
        else
        {
            GaussianNoise.Fill(destination, _parameters.Seed!.Value, position);
        }

        NoisyRow.ScaleAndAdd(destination, original, _deviation);
    }

    private static unsafe nint Address(Tensor tensor) =>
        (nint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));
}
