namespace Cdam.Attribution.Checkpoints;

/// <summary>Where the raw bytes of a PyTorch storage lie in the file.</summary>
internal readonly record struct StorageExtent(long Start, long ByteCount);
