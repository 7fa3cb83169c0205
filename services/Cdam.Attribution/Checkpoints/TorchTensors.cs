using Cdam.Attribution.Checkpoints.Pickles;

namespace Cdam.Attribution.Checkpoints;

/// <summary>Joins the tensors that a pickle describes with the storages in the file.</summary>
internal static class TorchTensors
{
    /// <param name="file">The file.</param>
    /// <param name="found">Names and tensors from the pickle.</param>
    /// <param name="locate">Where a storage's bytes are; throws if they are missing.</param>
    /// <exception cref="CheckpointException">A name comes twice, or a tensor does not fit its storage.</exception>
    public static OrderedDictionary<string, CheckpointTensor> Resolve(
        CheckpointFile file, List<KeyValuePair<string, PickleTensor>> found, Func<PickleStorage, StorageExtent> locate)
    {
        var tensors = new OrderedDictionary<string, CheckpointTensor>(found.Count, StringComparer.Ordinal);
        foreach (var (name, tensor) in found)
        {
            tensor.Source ??= Check(file, $"tensor {CheckpointFile.Quote(name)}", tensor, locate(tensor.Storage));
            if (!tensors.TryAdd(name, new CheckpointTensor(file, name, tensor.Source)))
            {
                throw file.Fail($"the name {CheckpointFile.Quote(name)} arises twice; which tensor is meant cannot be told");
            }
        }

        return tensors;
    }

    private static TensorSource Check(CheckpointFile file, string what, PickleTensor tensor, StorageExtent extent)
    {
        var storage = tensor.Storage;
        if (storage.ElementCount != extent.ByteCount / storage.Type.ByteSize() || extent.ByteCount % storage.Type.ByteSize() != 0)
        {
            throw file.Fail(
                $"storage {CheckpointFile.Quote(storage.Key)} of {what} is said to have {storage.ElementCount} elements of type"
                + $" {storage.Type}; there are {extent.ByteCount} bytes");
        }

        var (offset, count) = storage.View ?? (0, storage.ElementCount);
        var start = extent.Start + offset * storage.Type.ByteSize();
        var available = count * storage.Type.ByteSize() / tensor.Type.ByteSize();
        var layout = TensorLayout.View(file, what, tensor.Type, tensor.Shape, tensor.Strides, tensor.Offset, available);
        return new TensorSource(tensor.Type, start, layout);
    }
}
