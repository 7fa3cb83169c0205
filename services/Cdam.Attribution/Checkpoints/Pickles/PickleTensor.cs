namespace Cdam.Attribution.Checkpoints.Pickles;

/// <summary>A view into a storage, as the pickle describes it; nothing is checked yet.</summary>
internal sealed class PickleTensor(PickleStorage storage, TensorType type, long offset, long[] shape, long[] strides)
{
    public PickleStorage Storage => storage;

    public TensorType Type => type;

    /// <summary>In elements.</summary>
    public long Offset => offset;

    public long[] Shape => shape;

    public long[] Strides => strides;

    /// <summary>The checked place in the file, kept since one tensor may have several names; null until it is known.</summary>
    public TensorSource? Source { get; set; }
}
