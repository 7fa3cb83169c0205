using System.Runtime.InteropServices;
using Cdam.V1;

namespace Cdam.Evaluator.Explaining;

/// <summary>Puts the chunks of one float32 matrix together.</summary>
internal sealed class TensorAssembly(string name)
{
    // Four times the tokens of a ViT-L/8 at 1024 pixels; a larger shape is an error, not a reason to allocate.
    private const long MostElements = 1L << 26;

    private float[] _values = [];
    private long _received;
    private bool _started;

    internal bool IsComplete { get; private set; }

    internal int Columns { get; private set; }

    /// <summary>Row-major; whole once <see cref="IsComplete"/>.</summary>
    internal float[] Values => _values;

    internal void Add(TensorChunk chunk)
    {
        if (!_started)
        {
            Start(chunk);
        }

        var bytes = MemoryMarshal.AsBytes(_values.AsSpan());
        if (IsComplete || chunk.Offset != _received || chunk.Data.Length > bytes.Length - _received)
        {
            throw ExplainerFault.BadAnswer(
                $"a chunk of {name} starts at byte {chunk.Offset} with {chunk.Data.Length} bytes; byte {_received} of {bytes.Length} is next.");
        }

        chunk.Data.Span.CopyTo(bytes[(int)_received..]);
        _received += chunk.Data.Length;
        IsComplete = chunk.Last;
        if (IsComplete && _received != bytes.Length)
        {
            throw ExplainerFault.BadAnswer($"{name} ends after {_received} of {bytes.Length} bytes.");
        }
    }

    private void Start(TensorChunk chunk)
    {
        _started = true;
        var shape = chunk.Shape;
        if (chunk.DataType != TensorDataType.Float32 || shape.Count != 2 || shape.Any(extent => extent < 1)
            || shape[0] > MostElements / shape[1])
        {
            throw ExplainerFault.BadAnswer(
                $"{name} is {chunk.DataType} of shape [{string.Join(", ", shape)}]; a float32 matrix of at most {MostElements} elements is needed.");
        }

        Columns = (int)shape[1];
        _values = new float[shape[0] * shape[1]];
    }
}
