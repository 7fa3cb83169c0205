using static TorchSharp.torch;

namespace Cdam.Attribution.Native;

/// <summary>Tensors that live as long as the object that owns them, whatever dispose scope they were made in.</summary>
internal sealed class OwnedTensors : IDisposable
{
    private readonly List<Tensor> _tensors = [];

    /// <summary>Takes a tensor out of its dispose scope.</summary>
    public Tensor Keep(Tensor tensor)
    {
        _tensors.Add(tensor.DetachFromDisposeScope());
        return tensor;
    }

    /// <summary>Keeps a float32 version of a tensor; the original stays with its owner.</summary>
    public Tensor KeepFloat(Tensor tensor) =>
        Keep(tensor.dtype == ScalarType.Float32 ? tensor.alias() : tensor.to_type(ScalarType.Float32));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in _tensors)
        {
            tensor.Dispose();
        }

        _tensors.Clear();
    }
}
