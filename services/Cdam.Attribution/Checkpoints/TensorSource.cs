namespace Cdam.Attribution.Checkpoints;

/// <summary>A tensor's place in a file.</summary>
/// <param name="Type">Element type.</param>
/// <param name="Start">Offset in the file, in bytes, of the storage's first element.</param>
/// <param name="Layout">Where in the storage the elements lie.</param>
internal sealed record TensorSource(TensorType Type, long Start, TensorLayout Layout)
{
    public long ByteCount => Layout.ElementCount * Type.ByteSize();

    /// <summary>Fills <paramref name="destination"/>, which has exactly <see cref="ByteCount"/> bytes, in row-major order.</summary>
    public void Read(CheckpointFile file, Span<byte> destination)
    {
        if (destination.IsEmpty)
        {
            return; // The offset of a tensor without elements means nothing and was not checked.
        }

        if (Layout.IsContiguous)
        {
            file.Read(Start + Layout.Offset * Type.ByteSize(), destination);
        }
        else
        {
            StridedReader.Read(file, this, destination);
        }
    }
}
