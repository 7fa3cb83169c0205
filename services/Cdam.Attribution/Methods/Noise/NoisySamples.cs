using Cdam.Attribution.Arithmetic;
using Cdam.Attribution.ClosedForm;
using Cdam.Attribution.Native;
using static TorchSharp.torch;

namespace Cdam.Attribution.Methods.Noise;

/// <summary>The noisy copies of an image's tokens with the statistics of each, a chunk at a time within the memory budget.</summary>
internal sealed class NoisySamples : IDisposable
{
    private readonly Tensor _source;            // 1 × n × d on the device
    private readonly OwnedTensors _owned = new();
    private readonly NoisyCopies _copies;
    private readonly Tensor _mean;              // chunk × n on the CPU
    private readonly Tensor _reciprocal;        // chunk × n
    private readonly double _epsilon;
    private readonly int _chunk;
    private int _done;

    /// <param name="image">The image.</param>
    /// <param name="source">What noise is added to, 1 × n × d.</param>
    /// <param name="parameters">Checked, defaults filled in.</param>
    /// <param name="onDevice">As <see cref="NoisyCopies"/> has it.</param>
    public NoisySamples(ImageState image, Tensor source, MethodRequest parameters, bool? onDevice = null)
    {
        var (tokens, dim) = (image.Grid.Tokens, image.Block.Dim);
        (_source, _epsilon) = (source, image.Block.Epsilon);
        Count = NoisyCopies.CountOf(source, parameters);

        // A chunk is held three times: noisy tokens, their weighted products, and a copy on its way to the device.
        _chunk = (int)Math.Clamp(image.SampleBytes / (12L * tokens * dim), 1, Count);
        var (mean, reciprocal) = (empty(_chunk, tokens), empty(_chunk, tokens));
        _copies = new NoisyCopies(source, parameters, _chunk, onDevice);

        // Kept only now: what fails above leaves all of it to the caller's scope.
        (_mean, _reciprocal) = (_owned.Keep(mean), _owned.Keep(reciprocal));
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

        var chunk = _copies.IsMadeOnDevice ? Made(size) : new NoisyChunk(Take(size), OnDevice(_mean, size), OnDevice(_reciprocal, size));
        _done += size;
        return chunk;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _copies.Dispose();
        _owned.Dispose();
    }

    private NoisyChunk Made(int size)
    {
        var tokens = _copies.Take(_done, size);
        return new NoisyChunk(tokens, tokens.mean([-1]), tokens.var(-1, unbiased: false).AddInPlace(_epsilon).rsqrt_());
    }

    private unsafe Tensor Take(int size)
    {
        var (means, reciprocals) = (HostMemory.Address(_mean), HostMemory.Address(_reciprocal));
        return _copies.Take(_done, size, (row, values) =>
            (((float*)means)[row], ((float*)reciprocals)[row]) = NoisyRow.Statistics(values, _epsilon));
    }

    private Tensor OnDevice(Tensor filled, int size) => filled.narrow(0, 0, size).to(_source.device);
}
