namespace Cdam.Attribution.Tests.Checkpoints;

/// <summary>An entry for <see cref="ZipBuilder"/>; what is null is filled in truthfully.</summary>
internal sealed record ZipBuilderEntry(string Name, byte[] Data)
{
    public int Method { get; init; }

    public int Flags { get; init; }

    public long? Size { get; init; }

    public long? UncompressedSize { get; init; }

    public long? Offset { get; init; }

    public string? LocalName { get; init; }
}
