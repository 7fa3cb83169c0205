using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Cdam.Scoring.Tests.Reference;

/// <summary>One folder of tests/reference: a picture and what every evaluation must give on it.</summary>
internal sealed class ReferenceCase
{
    private readonly byte[] _file;
    private readonly JsonElement _header;
    private readonly int _dataStart;

    private ReferenceCase(string folder)
    {
        Facts = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "case.json"))).RootElement;
        _file = File.ReadAllBytes(Path.Combine(folder, "expected.safetensors"));

        // safetensors: the header's length in 8 little-endian bytes, the header as JSON, the data.
        var headerLength = (int)BinaryPrimitives.ReadInt64LittleEndian(_file);
        _header = JsonDocument.Parse(_file.AsMemory(8, headerLength)).RootElement;
        _dataStart = 8 + headerLength;
    }

    public JsonElement Facts { get; }

    public int Height => Facts.GetProperty("height").GetInt32();

    public int Width => Facts.GetProperty("width").GetInt32();

    public int PatchSize => Facts.GetProperty("architecture").GetProperty("patch").GetInt32();

    public static TheoryData<string> Names => [.. Directory.GetDirectories(Repository.PathOf("tests", "reference")).Select(path => Path.GetFileName(path)!).Order()];

    public static ReferenceCase Open(string name) => new(Path.Combine(Repository.PathOf("tests", "reference"), name));

    public double Value(string name) => Facts.GetProperty("values").GetProperty(name).GetDouble();

    public T[] Array<T>(string name)
        where T : unmanaged
    {
        var offsets = _header.GetProperty(name).GetProperty("data_offsets");
        var start = offsets[0].GetInt32();
        return MemoryMarshal.Cast<byte, T>(_file.AsSpan(_dataStart + start, offsets[1].GetInt32() - start)).ToArray();
    }
}
