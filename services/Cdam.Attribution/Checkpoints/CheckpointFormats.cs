namespace Cdam.Attribution.Checkpoints;

/// <summary>Tells the format of a file from its first bytes.</summary>
internal static class CheckpointFormats
{
    private const int TarMagicOffset = 257;

    public static CheckpointContent Read(CheckpointFile file)
    {
        if (file.Length == 0)
        {
            throw file.Fail("is empty");
        }

        Span<byte> head = stackalloc byte[TarMagicOffset + 5];
        head = head[..(int)Math.Min(head.Length, file.Length)];
        file.Read(0, head);
        // The brace comes first: a header's length may happen to spell any other magic number, a brace there fits nothing else.
        return head switch
        {
            [_, _, _, _, _, _, _, _, (byte)'{', ..] => SafetensorsReader.Read(file),
            [(byte)'P', (byte)'K', 3, 4, ..] => TorchZipReader.Read(file),
            [0x80, ..] => TorchLegacyReader.Read(file),
            _ => throw file.Fail(Explain(head)),
        };
    }

    private static string Explain(ReadOnlySpan<byte> head)
    {
        if (head.Length == TarMagicOffset + 5 && head[TarMagicOffset..].SequenceEqual("ustar"u8))
        {
            return "is a tar archive, PyTorch's format before version 0.1.10, which is not supported; "
                + "load it and save it again with a recent PyTorch";
        }

        if (head.StartsWith("version https://git-lfs"u8))
        {
            return "is a Git LFS pointer, not the checkpoint itself; fetch it with 'git lfs pull'";
        }

        var start = Convert.ToHexString(head[..Math.Min(head.Length, 8)]);
        return $"is neither safetensors nor a PyTorch checkpoint; it starts with the bytes {start}";
    }
}
