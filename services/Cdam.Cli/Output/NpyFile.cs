using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Cdam.Cli.Output;

/// <summary>NumPy's .npy format, version 1.0: one float32 array, row-major, little-endian.</summary>
internal static class NpyFile
{
    private const int Alignment = 64;
    private const int Preamble = 10; // magic, version, header length

    /// <summary>Writes an array.</summary>
    /// <param name="path">Replaced if it exists.</param>
    /// <param name="values">As many as the product of the shape.</param>
    /// <param name="shape">Outermost dimension first.</param>
    public static void Write(string path, ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        var extents = string.Concat(shape.ToArray().Select(extent => $"{extent}, ")).TrimEnd();
        var text = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({extents}), }}";

        // Preamble, text and a line feed together fill whole 64-byte units, so that the data can be mapped.
        var total = (Preamble + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        var header = new byte[total];
        header[0] = 0x93;
        Encoding.ASCII.GetBytes("NUMPY", header.AsSpan(1));
        header[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)(total - Preamble));
        Encoding.ASCII.GetBytes(text.PadRight(total - Preamble - 1) + "\n", header.AsSpan(Preamble));
        using var stream = File.Create(path);
        stream.Write(header);
        stream.Write(MemoryMarshal.AsBytes(values));
    }
}
