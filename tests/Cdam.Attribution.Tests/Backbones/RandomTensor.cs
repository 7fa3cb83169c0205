using Cdam.Randomness;
using static TorchSharp.torch;

namespace Cdam.Attribution.Tests.Backbones;

/// <summary>Tensors of standard normal values that are the same on every machine.</summary>
internal static class RandomTensor
{
    public static Tensor Normal(ulong seed, params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (product, extent) => product * extent)];
        GaussianNoise.Fill(values, seed, 0);
        return tensor(values, shape);
    }
}
