using System.Runtime.InteropServices;
using Cdam.Attribution.Backbones;
using Cdam.Attribution.Methods.Pixels;
using Cdam.Attribution.Tests.Backbones;
using Cdam.Attribution.Tests.ClosedForm;
using static TorchSharp.torch;

namespace Cdam.Attribution.Tests.Methods.Pixels;

public sealed class PixelMapTests
{
    private const int Samples = 7;

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public void Of_AChunkThatDoesNotFit_GivesTheMapItWouldHaveGiven(int fits)
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.DinoV2));
        var image = network.Image(0, TargetSet.Of(TargetKind.Mixed, network.Block.Dim).All);
        var inputs = RandomTensor.Normal(8, [Samples, .. image.Input.shape[1..]]);
        var failed = 0;
        var whole = PixelMap.Sum(image, Samples, (first, size) => inputs.narrow(0, first, size), image.Input);
        var halved = PixelMap.Sum(image, Samples, Scarce, image.Input);
        TensorAssert.Close(whole, halved);
        Assert.True(failed > 0, "no chunk failed: nothing is tested");

        Tensor Scarce(int first, int size)
        {
            failed += size > fits ? 1 : 0;
#pragma warning disable CA2201 // What TorchSharp throws.
            return size > fits ? throw new ExternalException("CUDA out of memory. Tried to allocate 2 GiB") : inputs.narrow(0, first, size);
#pragma warning restore CA2201
        }
    }

    [Theory]
    [InlineData(0, 1)]    // always at least one
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(100, Samples)]
    public void ChunkSize_OfABudget_IsWhatFits(int samplesInBudget, int expected)
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.Dino));
        var targets = TargetSet.Of(TargetKind.DotProduct, network.Block.Dim).All;
        var bytes = samplesInBudget * new InputGradients(network.Image(0, targets)).SampleBytes;
        Assert.Equal(expected, PixelMap.ChunkSize(network.Image(0, targets, bytes), Samples));
    }
}
