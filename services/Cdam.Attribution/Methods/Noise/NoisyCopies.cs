using Cdam.Attribution.Arithmetic;
using Cdam.Attribution.Native;
using Cdam.Randomness;
using static TorchSharp.torch;

namespace Cdam.Attribution.Methods.Noise;

/// <summary>
/// Noisy copies of a tensor, some at a time. Noise depends on (seed, sample, position) alone, so chunks, threads and, but for rounding,
/// devices make no difference to it. A GPU makes its own.
/// </summary>
internal sealed class NoisyCopies : IDisposable
{
    private readonly Tensor _source;            // 1 × … × d on the device
    private readonly OwnedTensors _owned = new();
    private readonly Tensor? _sourceHost;       // … × d on the CPU
    private readonly Tensor? _noisy;            // most × … × d on the CPU, filled anew for each chunk: fresh memory costs as much as the noise
    private readonly MethodRequest _parameters;
    private readonly float _deviation;
    private readonly int _rowLength;
    private readonly int _rows;                 // in a copy

    /// <param name="source">What noise is added to, 1 × … × d, float32; rows of d values are filled one by one.</param>
    /// <param name="parameters">Checked, defaults filled in.</param>
    /// <param name="most">Copies at a time.</param>
    /// <param name="onDevice">Whether the source's device makes the noise; null: if it is a GPU. Noise that was given is never made.</param>
    public NoisyCopies(Tensor source, MethodRequest parameters, int most, bool? onDevice = null)
    {
        (_source, _parameters) = (source, parameters);
        IsMadeOnDevice = parameters.Noise is null && (onDevice ?? source.device_type == TorchSharp.DeviceType.CUDA);
        (_rowLength, _rows) = ((int)source.shape[^1], (int)(source.numel() / source.shape[^1]));
        _deviation = parameters.NoiseLevel is { } level ? level * (source.max() - source.min()).item<float>() : 1;
        if (IsMadeOnDevice)
        {
            return;
        }

        var host = source[0].cpu().contiguous();
        var noisy = empty([most, .. source.shape[1..]]);

        // Kept only now: what fails above leaves all of it to the caller's scope.
        (_sourceHost, _noisy) = (_owned.Keep(host), _owned.Keep(noisy));
    }

    /// <summary>Whether copies are made by tensor operations where the source is; nobody visits their rows then.</summary>
    public bool IsMadeOnDevice { get; }

    /// <summary>All samples that parameters ask for.</summary>
    public static int CountOf(Tensor source, MethodRequest parameters) =>
        parameters.Noise is { } noise ? (int)(noise.Length / source.numel()) : parameters.SampleCount!.Value;

    /// <summary>Some copies, valid until the next call.</summary>
    /// <param name="first">The first one's position among all samples.</param>
    /// <param name="size">At most as many as there is room for.</param>
    /// <param name="visit">Told each row, counted from the first copy's, while it is in the nearest cache; called from several threads, and not at all for copies that a device makes.</param>
    /// <returns>size × … × d on the source's device.</returns>
    public Tensor Take(int first, int size, Action<int, ReadOnlySpan<float>>? visit = null)
    {
        if (IsMadeOnDevice)
        {
            var noise = DeviceNoise.Normal(_parameters.Seed!.Value, first * _source.numel(), size * _source.numel(), _source.device);
            return noise.view([size, .. _source.shape[1..]]).MultiplyInPlace(_deviation).AddInPlace(_source);
        }

        Fill((long)first * _rows, size * _rows, visit);
        return _noisy!.narrow(0, 0, size).to(_source.device);
    }

    /// <inheritdoc/>
    public void Dispose() => _owned.Dispose();

    private unsafe void Fill(long first, int rows, Action<int, ReadOnlySpan<float>>? visit)
    {
        var (source, target) = (HostMemory.Address(_sourceHost!), HostMemory.Address(_noisy!));
        var threads = get_num_threads();
        var perThread = (rows + threads - 1) / threads;
        Parallel.For(0, threads, thread =>
        {
            for (var row = thread * perThread; row < Math.Min(rows, (thread + 1) * perThread); row++)
            {
                var destination = new Span<float>((void*)(target + (nint)row * _rowLength * sizeof(float)), _rowLength);
                var original = new ReadOnlySpan<float>((void*)(source + (nint)(row % _rows) * _rowLength * sizeof(float)), _rowLength);
                FillRow(destination, original, first + row);
                visit?.Invoke(row, destination);
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
}
