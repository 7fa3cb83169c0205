using System.Runtime.InteropServices;
using Cdam.Attribution.Methods.Pixels;

namespace Cdam.Attribution.Tests.Methods.Pixels;

public sealed class SampleChunksTests
{
    private readonly List<(int First, int Size)> _begun = [];
    private readonly List<int> _done = [];

    [Theory]
    [InlineData(7, 3, new[] { 3, 3, 1 })]
    [InlineData(6, 3, new[] { 3, 3 })]
    [InlineData(2, 3, new[] { 2 })]
    [InlineData(3, 1, new[] { 1, 1, 1 })]
    public void Run_WithRoomForAll_TakesEachSampleOnce(int count, int size, int[] sizes)
    {
        Run(count, size, fits: int.MaxValue);
        Assert.Equal(sizes, _begun.Select(chunk => chunk.Size));
        Assert.Equal(Enumerable.Range(0, count), _done);
    }

    [Theory]
    [InlineData(10, 10, 3)]
    [InlineData(50, 16, 1)]
    [InlineData(7, 4, 2)]
    public void Run_OutOfMemory_HalvesTheChunkAndTakesEachSampleOnce(int count, int size, int fits)
    {
        Run(count, size, fits);
        Assert.Equal(Enumerable.Range(0, count), _done);
        Assert.Equal(_begun.Select(chunk => chunk.Size).OrderDescending(), _begun.Select(chunk => chunk.Size));
        Assert.Equal((0, size), _begun[0]);
        Assert.Equal((0, (size + 1) / 2), _begun[1]);
    }

    [Fact]
    public void Run_OneSampleThatDoesNotFit_IsTheCallersFault()
    {
        var fault = Assert.Throws<ExternalException>(() => Run(8, 8, fits: 0));
        Assert.Contains("out of memory", fault.Message, StringComparison.Ordinal);
        Assert.Equal([8, 4, 2, 1], _begun.Select(chunk => chunk.Size));
    }

    [Fact]
    public void Run_AnyOtherFault_IsNotTriedAgain()
    {
        Assert.Throws<InvalidOperationException>(() => new SampleChunks(4, 2).Run((first, size) =>
        {
            _begun.Add((first, size));
            throw new InvalidOperationException("a fault");
        }));
        Assert.Single(_begun);
    }

    private void Run(int count, int size, int fits) => new SampleChunks(count, size).Run((first, taken) =>
    {
        _begun.Add((first, taken));
        if (taken > fits)
        {
#pragma warning disable CA2201 // What TorchSharp throws.
            throw new ExternalException("CUDA out of memory. Tried to allocate 2 GiB");
#pragma warning restore CA2201
        }

        _done.AddRange(Enumerable.Range(first, taken));
    });
}
