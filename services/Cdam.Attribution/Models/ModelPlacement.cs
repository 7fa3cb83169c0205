using System.Globalization;
using static TorchSharp.torch;

namespace Cdam.Attribution.Models;

/// <summary>Where a model runs, in what type, and how much memory samples may take.</summary>
internal sealed record ModelPlacement(Device Device, string Name, ComputeType ComputeType, long SampleBytes)
{
    private const long CpuSampleBytes = 32L << 20;
    private const long CudaSampleBytes = 512L << 20;

    public ScalarType Type => ComputeType switch
    {
        ComputeType.Float16 => ScalarType.Float16,
        ComputeType.BFloat16 => ScalarType.BFloat16,
        _ => ScalarType.Float32,
    };

    /// <exception cref="ArgumentException">The device cannot be had, or not in that type.</exception>
    public static ModelPlacement Resolve(ModelOptions options)
    {
        var name = options.Device == "auto" ? (cuda.is_available() ? "cuda:0" : "cpu") : options.Device;
        var isCuda = name.StartsWith("cuda:", StringComparison.Ordinal);
        if (!isCuda && name != "cpu")
        {
            throw new ArgumentException($"device is \"{name}\"; must be auto, cpu or cuda:N");
        }

        if (isCuda)
        {
            RequireCuda(name);
        }
        else if (options.ComputeType != ComputeType.Float32)
        {
            throw new ArgumentException($"compute type is {options.ComputeType} on the CPU; there it must be Float32");
        }

        return new ModelPlacement(device(name), name, options.ComputeType, options.SampleBytes ?? (isCuda ? CudaSampleBytes : CpuSampleBytes));
    }

    private static void RequireCuda(string name)
    {
        if (!int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            throw new ArgumentException($"device is \"{name}\"; must be auto, cpu or cuda:N");
        }

        var count = cuda.is_available() ? cuda.device_count() : 0;
        if (index >= count)
        {
            throw new ArgumentException($"device is \"{name}\"; this process sees {count} CUDA devices");
        }

        // float32 means float32: convolutions would round their inputs to 10 bits of mantissa otherwise.
        backends.cudnn.allow_tf32 = false;
        backends.cuda.matmul.allow_tf32 = false;
    }
}
