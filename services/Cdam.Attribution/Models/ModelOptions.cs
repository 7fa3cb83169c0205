namespace Cdam.Attribution.Models;

/// <summary>How a model is run.</summary>
public sealed record ModelOptions
{
    /// <summary><c>auto</c> (the first CUDA device, if there is one), <c>cpu</c> or <c>cuda:N</c>; default <c>auto</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Default float32.</summary>
    public ComputeType ComputeType { get; init; }

    /// <summary>
    /// Bytes that noisy samples, or the activations that a gradient down to the pixels keeps of its samples, may take at a time; default
    /// 32 MiB on a CPU, where a chunk should stay in the last-level cache, 512 MiB on CUDA; at least one sample is held. Null means the default.
    /// </summary>
    public long? SampleBytes { get; init; }
}
