namespace Cdam.Attribution.Checkpoints;

/// <summary>
/// Where the elements of a tensor lie in its storage: element (i, j, …) at <c>Offset + i·Strides[0] + j·Strides[1] + …</c>,
/// counted in elements. Once constructed, every element is known to lie inside the storage.
/// </summary>
internal sealed class TensorLayout
{
    /// <summary>PyTorch's own limit.</summary>
    public const int HighestRank = 64;

    private TensorLayout(long[] shape, long[] strides, long offset, long elementCount)
    {
        Shape = shape;
        Strides = strides;
        Offset = offset;
        ElementCount = elementCount;
        IsContiguous = HasRowMajorStrides(shape, strides, elementCount);
    }

    public long[] Shape { get; }

    public long[] Strides { get; }

    public long Offset { get; }

    public long ElementCount { get; }

    public bool IsContiguous { get; }

    /// <summary>A view into a storage of <paramref name="storageCount"/> elements.</summary>
    /// <param name="file">For messages, and as the limit of size: no tensor may be larger than the file it comes from.</param>
    /// <param name="what">How messages call the tensor.</param>
    /// <param name="type">Element type.</param>
    /// <param name="shape">Sizes, none negative; empty for a scalar.</param>
    /// <param name="strides">As many as sizes, none negative; zero for an expanded dimension.</param>
    /// <param name="offset">First element.</param>
    /// <param name="storageCount">Elements of the storage.</param>
    /// <exception cref="CheckpointException">One of the rules is broken.</exception>
    public static TensorLayout View(
        CheckpointFile file, string what, TensorType type, long[] shape, long[] strides, long offset, long storageCount)
    {
        if (shape.Length != strides.Length)
        {
            throw file.Fail($"{what} has {shape.Length} sizes but {strides.Length} strides");
        }

        var count = CountElements(file, what, shape);
        if (offset < 0 || Array.Exists(strides, stride => stride < 0))
        {
            throw file.Fail($"{what} has offset {offset} and strides {Show(strides)}; none may be negative");
        }

        if (count > 0)
        {
            CheckInside(file, what, shape, strides, offset, storageCount);
            CheckDisjoint(file, what, shape, strides);
            CheckSize(file, what, type, count);
        }

        return new TensorLayout(shape, strides, offset, count);
    }

    /// <summary>A tensor that fills its storage in row-major order.</summary>
    /// <exception cref="CheckpointException">The shape is negative, too large or of too many dimensions.</exception>
    public static TensorLayout RowMajor(CheckpointFile file, string what, TensorType type, long[] shape)
    {
        var count = CountElements(file, what, shape);
        CheckSize(file, what, type, count);
        var strides = new long[shape.Length];
        var stride = 1L;
        for (var d = shape.Length - 1; count > 0 && d >= 0; d--)
        {
            strides[d] = stride;
            stride *= shape[d];
        }

        return new TensorLayout(shape, strides, 0, count);
    }

    /// <summary>Dimensions of more than one element in the order in which the storage is laid out: largest stride first.</summary>
    public static int[] StorageOrder(long[] shape, long[] strides) =>
        [.. Enumerable.Range(0, shape.Length).Where(d => shape[d] > 1).OrderByDescending(d => strides[d])];

    private static long CountElements(CheckpointFile file, string what, long[] shape)
    {
        if (shape.Length > HighestRank)
        {
            throw file.Fail($"{what} has {shape.Length} dimensions; at most {HighestRank} are allowed");
        }

        var count = 1L;
        foreach (var size in shape)
        {
            if (size < 0)
            {
                throw file.Fail($"{what} has shape {Show(shape)}; a size cannot be negative");
            }

            if (size > 0 && count > long.MaxValue / size)
            {
                throw file.Fail($"{what} has shape {Show(shape)}, more elements than 64 bits can count");
            }

            count *= size;
        }

        return count;
    }

    private static void CheckInside(CheckpointFile file, string what, long[] shape, long[] strides, long offset, long storageCount)
    {
        Int128 last = offset;
        for (var d = 0; d < shape.Length; d++)
        {
            last += (Int128)(shape[d] - 1) * strides[d];
        }

        if (last >= storageCount)
        {
            throw file.Fail(
                $"{what} with shape {Show(shape)}, strides {Show(strides)} and offset {offset} reaches element {last}"
                + $" of a storage that has {storageCount}");
        }
    }

    /// <summary>
    /// Lets expanded dimensions (stride 0) pass, but no partly overlapping ones: nobody saves them, and without them the
    /// elements can be read in one sweep over the storage.
    /// </summary>
    private static void CheckDisjoint(CheckpointFile file, string what, long[] shape, long[] strides)
    {
        Int128 reach = 0;
        foreach (var d in StorageOrder(shape, strides).Reverse().Where(d => strides[d] > 0))
        {
            if (strides[d] <= reach)
            {
                throw file.Fail($"{what} with shape {Show(shape)} and strides {Show(strides)} overlaps itself");
            }

            reach += (Int128)(shape[d] - 1) * strides[d];
        }
    }

    private static void CheckSize(CheckpointFile file, string what, TensorType type, long count)
    {
        if (count > file.Length / type.ByteSize())
        {
            throw file.Fail($"{what} has {count} elements of type {type}, more bytes than the whole file, which has {file.Length}");
        }
    }

    private static bool HasRowMajorStrides(long[] shape, long[] strides, long elementCount)
    {
        var expected = 1L;
        for (var d = shape.Length - 1; elementCount > 0 && d >= 0; d--)
        {
            if (shape[d] > 1 && strides[d] != expected)
            {
                return false;
            }

            expected *= shape[d];
        }

        return true;
    }

    private static string Show(long[] numbers) => $"[{string.Join(", ", numbers)}]";
}
