using System.Runtime.InteropServices;
using CsCheck;

namespace Cdam.Attribution.Tests.Checkpoints;

/// <summary>Views into storages: what may be read, in which order, and what is refused.</summary>
public sealed class TensorLayoutTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    /// <summary>Shape, strides, offset into a storage that counts 0, 1, …, 23; the elements expected.</summary>
    public static TheoryData<long[], long[], long, long[]> Views => new()
    {
        { [], [], 5, [5] },
        { [2, 3], [3, 1], 0, [0, 1, 2, 3, 4, 5] },
        { [3, 2], [1, 3], 0, [0, 3, 1, 4, 2, 5] },
        { [2, 2], [12, 5], 2, [2, 7, 14, 19] },
        { [2, 3], [0, 1], 21, [21, 22, 23, 21, 22, 23] },
        { [2, 2, 2], [1, 0, 4], 1, [1, 5, 1, 5, 2, 6, 2, 6] },
        { [1, 4, 1], [999, 6, long.MaxValue], 3, [3, 9, 15, 21] },
        { [0], [1], 0, [] },
        { [3, 0, 2], [7, 9, 1], 1000, [] },
        { [24], [1], 0, [.. Enumerable.Range(0, 24)] },
    };

    public static TheoryData<long[], long[], long, string> BrokenViews => new()
    {
        { [25], [1], 0, "reaches element 24 of a storage that has 24" },
        { [24], [1], 1, "reaches element 24" },
        { [2, 2], [long.MaxValue, long.MaxValue], 0, "reaches element 18446744073709551614" },
        { [2], [1], long.MaxValue, "reaches element 9223372036854775808" },
        { [-1], [1], 0, "shape [-1]; a size cannot be negative" },
        { [2], [-1], 1, "strides [-1]; none may be negative" },
        { [2], [1], -1, "offset -1" },
        { [2, 2], [1], 0, "2 sizes but 1 strides" },
        { [3, 3], [2, 1], 0, "overlaps itself" },
        { [1L << 38], [0], 0, "more bytes than the whole file" },
        { [1L << 40], [1], 0, "reaches element 1099511627775" },
        { [1L << 32, 1L << 32], [0, 0], 0, "more elements than 64 bits can count" },
        { [.. Enumerable.Repeat(1L, 65)], [.. Enumerable.Repeat(1L, 65)], 0, "65 dimensions; at most 64" },
    };

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [MemberData(nameof(Views))]
    public void View_OfAStorage_GivesItsElementsInRowMajorOrder(long[] shape, long[] strides, long offset, long[] expected)
    {
        var pickle = Pickle(24, offset, shape, strides);
        var data = Counting(24);
        foreach (var content in new[] { TorchFiles.Zip(pickle, ("0", data)), TorchFiles.Legacy(pickle, ("0", 24, data)) })
        {
            using var checkpoint = _scratch.Open(content);
            var tensor = checkpoint.Tensors["x"];
            Assert.Equal(shape, tensor.Shape);
            Assert.Equal(expected.Length, tensor.ElementCount);
            Assert.Equal(expected, tensor.ReadInt64());
        }
    }

    [Theory]
    [MemberData(nameof(BrokenViews))]
    public void View_ThatBreaksARule_IsRefused(long[] shape, long[] strides, long offset, string message) =>
        _scratch.AssertRefused(TorchFiles.Zip(Pickle(24, offset, shape, strides), ("0", Counting(24))), "tensor 'x'", message);

    [Fact]
    public void View_PermutedAtRandom_IsTheTransposedArray()
    {
        var cases = Gen.Select(Gen.Int[1, 5].Array[1, 4], Gen.Int[0, 1000]);
        cases.Sample(
            (sizes, seed) =>
            {
                var shape = Array.ConvertAll(sizes, size => (long)size);
                var order = Enumerable.Range(0, shape.Length).OrderBy(d => HashCode.Combine(d, seed)).ToArray();
                var strides = new long[shape.Length];
                var count = 1L;
                foreach (var d in order)
                {
                    strides[d] = count;
                    count *= shape[d];
                }

                using var checkpoint = _scratch.Open(TorchFiles.Zip(Pickle(count, 0, shape, strides), ("0", Counting((int)count))));
                Assert.Equal(Elements(shape, strides, 0, 0), checkpoint.Tensors["x"].ReadInt64());
            },
            iter: 100,
            threads: 1);
    }

    [Fact]
    public void View_TransposedAndLargerThanTheReadersBuffer_IsTransposed()
    {
        const int Side = 300;
        using var checkpoint = _scratch.Open(
            TorchFiles.Zip(Pickle(Side * Side, 0, [Side, Side], [1, Side]), ("0", Counting(Side * Side))));
        Assert.Equal(Elements([Side, Side], [1, Side], 0, 0), checkpoint.Tensors["x"].ReadInt64());
    }

    private static byte[] Pickle(long count, long offset, long[] shape, long[] strides) =>
        new PickleAssembler().Op("}").Text("x").Tensor("LongStorage", "0", count, offset, shape, strides).Op("s").Stop();

    private static byte[] Counting(int count) => MemoryMarshal.AsBytes<long>([.. Enumerable.Range(0, count)]).ToArray();

    /// <summary>The definition of a strided view, one dimension at a time.</summary>
    private static IEnumerable<long> Elements(long[] shape, long[] strides, int dimension, long at)
    {
        if (dimension == shape.Length)
        {
            return [at];
        }

        return Enumerable.Range(0, (int)shape[dimension])
            .SelectMany(i => Elements(shape, strides, dimension + 1, at + i * strides[dimension]));
    }
}
