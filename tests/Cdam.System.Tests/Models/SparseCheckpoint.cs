using System.Buffers.Binary;
using System.Text.Json;
using Cdam.Attribution.Backbones;

namespace Cdam.System.Tests.Models;

/// <summary>A safetensors file of a backbone's tensors in their real sizes, all zero: sparse, so that it is made at once.</summary>
internal static class SparseCheckpoint
{
    /// <summary>Writes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="backbone">A known name.</param>
    /// <param name="prefix">What stands before the names.</param>
    /// <param name="more">Further tensors.</param>
    public static void Write(string path, string backbone, string prefix = "", params (string Name, long[] Shape)[] more)
    {
        var end = 0L;
        var header = new Dictionary<string, object>();
        foreach (var (name, shape) in BackboneState.Describe(BackboneCatalog.Get(backbone)).Select(entry => (prefix + entry.Name, entry.Shape)).Concat(more))
        {
            var begin = end;
            end += 4 * shape.Aggregate(1L, (product, extent) => product * extent);
            header[name] = new { dtype = "F32", shape, data_offsets = new[] { begin, end } };
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        using var file = File.Create(path);
        file.Write(length);
        file.Write(json);
        file.SetLength(length.Length + json.Length + end);
    }
}
