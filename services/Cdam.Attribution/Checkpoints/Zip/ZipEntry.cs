namespace Cdam.Attribution.Checkpoints.Zip;

/// <summary>One file in an archive.</summary>
/// <param name="Name">Full name with slashes.</param>
/// <param name="Method">0 for stored, anything else for compressed.</param>
/// <param name="HeaderOffset">Of the local header.</param>
/// <param name="DataOffset">Of the first byte of data.</param>
/// <param name="ByteCount">Bytes in the archive.</param>
internal sealed record ZipEntry(string Name, int Method, long HeaderOffset, long DataOffset, long ByteCount)
{
    public const int Stored = 0;

    public long End => DataOffset + ByteCount;
}
