namespace Cdam.Attribution.Checkpoints;

/// <summary>
/// Gathers a strided view into row-major order in one forward sweep over its storage, so that a transposed matrix costs one
/// pass over the file and a buffer of fixed size.
/// </summary>
internal ref struct StridedReader
{
    private const int WindowBytes = 1 << 18;
    private readonly CheckpointFile _file;
    private readonly TensorSource _source;
    private readonly int _elementBytes;
    private readonly long _end;
    private readonly byte[] _window;
    private long _windowStart;
    private int _windowFilled;

    private StridedReader(CheckpointFile file, TensorSource source, long span)
    {
        _file = file;
        _source = source;
        _elementBytes = source.Type.ByteSize();
        _windowStart = source.Start + source.Layout.Offset * _elementBytes;
        _end = _windowStart + span;
        _window = new byte[Math.Min(WindowBytes, span)];
    }

    /// <summary>Fills <paramref name="destination"/>, which has exactly the bytes of the tensor and at least one.</summary>
    public static void Read(CheckpointFile file, TensorSource source, Span<byte> destination)
    {
        var layout = source.Layout;
        var span = 1L;
        for (var d = 0; d < layout.Shape.Length; d++)
        {
            span += (layout.Shape[d] - 1) * layout.Strides[d];
        }

        new StridedReader(file, source, span * source.Type.ByteSize()).Gather(destination);
    }

    private void Gather(Span<byte> destination)
    {
        var layout = _source.Layout;
        var order = TensorLayout.StorageOrder(layout.Shape, layout.Strides);
        var steps = RowMajorStrides(layout.Shape);
        var index = new long[order.Length];
        var from = _windowStart;
        var to = 0L;
        while (true)
        {
            Element(from).CopyTo(destination.Slice((int)to, _elementBytes));
            var k = order.Length - 1;
            for (; k >= 0; k--)
            {
                var d = order[k];
                from += layout.Strides[d] * _elementBytes;
                to += steps[d] * _elementBytes;
                if (++index[k] < layout.Shape[d])
                {
                    break;
                }

                index[k] = 0;
                from -= layout.Shape[d] * layout.Strides[d] * _elementBytes;
                to -= layout.Shape[d] * steps[d] * _elementBytes;
            }

            if (k < 0)
            {
                return;
            }
        }
    }

    private ReadOnlySpan<byte> Element(long position)
    {
        if (position + _elementBytes > _windowStart + _windowFilled)
        {
            _windowStart = position;
            _windowFilled = (int)Math.Min(_window.Length, _end - position);
            _file.Read(position, _window.AsSpan(0, _windowFilled));
        }

        return _window.AsSpan((int)(position - _windowStart), _elementBytes);
    }

    private static long[] RowMajorStrides(long[] shape)
    {
        var strides = new long[shape.Length];
        var stride = 1L;
        for (var d = shape.Length - 1; d >= 0; d--)
        {
            strides[d] = stride;
            stride *= shape[d];
        }

        return strides;
    }
}
