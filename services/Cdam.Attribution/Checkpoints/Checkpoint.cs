using System.Collections.ObjectModel;

namespace Cdam.Attribution.Checkpoints;

/// <summary>
/// A file of named tensors: safetensors, or either of PyTorch's formats. Opening reads only the names, shapes and places; nothing
/// in a file is ever executed, and a hostile file costs no more memory than a small multiple of what it really holds.
/// </summary>
/// <remarks>
/// In PyTorch's formats nested dictionaries, lists and tuples are flattened: the tensor at <c>{"state_dict": {"weight": …}}</c>
/// is named <c>state_dict.weight</c>, list items and integer keys are decimal numbers, and a lone tensor has the empty name.
/// Whatever is no tensor is ignored, as are entries under keys that are neither strings nor integers.
/// </remarks>
public sealed class Checkpoint : IDisposable
{
    private readonly CheckpointFile _file;

    private Checkpoint(CheckpointFile file, CheckpointContent content)
    {
        _file = file;
        Format = content.Format;
        Tensors = new ReadOnlyDictionary<string, CheckpointTensor>(content.Tensors);
        Metadata = new ReadOnlyDictionary<string, string>(content.Metadata);
    }

    /// <summary>The path as given to <see cref="Open"/>.</summary>
    public string Path => _file.Path;

    /// <summary>"safetensors", "PyTorch zip" or "PyTorch legacy".</summary>
    public string Format { get; }

    /// <summary>All tensors by name, in the order of the file.</summary>
    public IReadOnlyDictionary<string, CheckpointTensor> Tensors { get; }

    /// <summary>The free text that a safetensors file holds under <c>__metadata__</c>; empty for other formats.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file; its format is told from its content, never from its name. The file stays open until disposal.</summary>
    /// <exception cref="CheckpointException">The file is missing, unreadable, damaged, hostile or of an unsupported kind.</exception>
    public static Checkpoint Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var file = CheckpointFile.Open(path);
        try
        {
            return new Checkpoint(file, CheckpointFormats.Read(file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Closes the file; its tensors can no longer be read.</summary>
    public void Dispose() => _file.Dispose();
}
