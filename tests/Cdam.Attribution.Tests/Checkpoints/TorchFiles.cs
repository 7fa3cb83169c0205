namespace Cdam.Attribution.Tests.Checkpoints;

/// <summary>Builds PyTorch checkpoints from a pickle and raw storages.</summary>
internal static class TorchFiles
{
    /// <summary>Eight bytes: two float32.</summary>
    public static readonly byte[] PairData = [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0];

    public static byte[] Zip(byte[] pickle, params ReadOnlySpan<(string Key, byte[] Data)> storages)
    {
        var zip = new ZipBuilder().Add("archive/data.pkl", pickle);
        foreach (var (key, data) in storages)
        {
            zip.Add($"archive/data/{key}", data);
        }

        return zip.Add("archive/version", "3\n"u8.ToArray()).Build();
    }

    /// <summary>The zip file of one tensor "x" = [1, -2].</summary>
    public static byte[] ZipPair() => Zip(PickleAssembler.OnePair(), ("0", PairData));

    public static byte[] Legacy(byte[] pickle, params ReadOnlySpan<(string Key, long Count, byte[] Data)> storages)
    {
        var file = new MemoryStream();
        file.Write(Header(1001, littleEndian: true));
        file.Write(pickle);
        var keys = new PickleAssembler().Op("](");
        foreach (var (key, _, _) in storages)
        {
            keys.Text(key);
        }

        file.Write(keys.Op("e").Stop());
        foreach (var (_, count, data) in storages)
        {
            file.Write(PickleAssembler.LittleEndian(count, 8));
            file.Write(data);
        }

        return file.ToArray();
    }

    public static byte[] LegacyPair() => Legacy(PickleAssembler.OnePair(), ("0", 2, PairData));

    /// <summary>The three pickles before the object.</summary>
    public static byte[] Header(int version, bool littleEndian) =>
    [
        .. new PickleAssembler().Raw(0x8a, 10).Raw(Convert.FromHexString("6cfc9c46f9206aa85019")).Stop(),
        .. new PickleAssembler().Integer(version).Stop(),
        .. new PickleAssembler().Op("}").Text("little_endian").Op(littleEndian ? "\u0088" : "\u0089").Op("s").Stop(),
    ];

    public static byte[] Safetensors(string header, byte[] data) =>
        [.. PickleAssembler.LittleEndian(header.Length, 8), .. System.Text.Encoding.Latin1.GetBytes(header), .. data];

    public static byte[] SafetensorsPair() =>
        Safetensors("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", PairData);
}
