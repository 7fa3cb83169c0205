using System.Text;
using Cdam.Gateway.Peeking;
using Google.Protobuf;

namespace Cdam.Gateway.Tests.Peeking;

public sealed class FieldScanTests
{
    // One field of each wire type, none of which has the numbers sought; the group holds a field that has.
    private static readonly byte[] Unknown =
    [
        .. Frames.Write(output =>
        {
            output.WriteTag(90, WireFormat.WireType.Varint);
            output.WriteUInt64(ulong.MaxValue);
            output.WriteTag(91, WireFormat.WireType.Fixed64);
            output.WriteFixed64(1);
            output.WriteTag(92, WireFormat.WireType.Fixed32);
            output.WriteFixed32(1);
            output.WriteTag(93, WireFormat.WireType.StartGroup);
        }),
        .. Frames.Field(1, (byte)'x'),
        .. Frames.Write(output => output.WriteTag(93, WireFormat.WireType.EndGroup)),
        .. Frames.Field(94, 1, 2, 3),
        .. Frames.Field(95),
    ];

    private static readonly byte[] Name = Frames.Field(1, Encoding.UTF8.GetBytes("models/π"));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Feed_NameBehindUnknownFields_IsFoundInPiecesOfAnySize(int pieceLength)
    {
        var scan = new FieldScan([1]);

        foreach (var piece in Unknown.Concat(Name).Concat(Unknown).Chunk(pieceLength))
        {
            scan.Feed(piece);
        }

        Assert.Equal(("models/π", false), (scan.Found, scan.IsMalformed));
    }

    [Fact]
    public void Feed_NameWithinAnotherMessage_IsFoundThereAndNowhereElse()
    {
        var message = Name.Concat(Frames.Field(2, Unknown)).Concat(Frames.Field(2, [.. Unknown, .. Name])).ToArray();
        var scan = new FieldScan([2, 1]);

        foreach (var next in message)
        {
            Assert.Null(scan.Found);
            scan.Feed([next]);
        }

        Assert.Equal("models/π", scan.Found);
    }

    [Fact]
    public void Feed_EmptyName_IsFoundAsEmpty()
    {
        var scan = new FieldScan([1]);

        scan.Feed(Frames.Field(1));

        Assert.Equal("", scan.Found);
    }

    [Fact]
    public void Feed_TwoNames_TheFirstCounts()
    {
        var scan = new FieldScan([1]);

        scan.Feed([.. Frames.Field(1, (byte)'a'), .. Frames.Field(1, (byte)'b')]);

        Assert.Equal("a", scan.Found);
    }

    public static TheoryData<string, byte[]> Malformed => new()
    {
        { "varint of eleven bytes", [8, .. Enumerable.Repeat((byte)0x80, 11)] },
        { "field number 0", [2, 1, 0] },
        { "wire type 6", [14, 0] },
        { "end of a group that did not begin", [12] },
        { "length above 2^31", [18, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F] },
        { "name longer than any", Frames.Field(1, new byte[2000]) },
        { "field longer than its message", [18, 3, 10, 100, 1, 1, 1] },
        { "skipped field longer than its message", [18, 3, 34, 100, 1, 1, 1] },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Feed_BytesThatAreNoMessage_SaysSo(string what, byte[] bytes)
    {
        var scan = new FieldScan(what.Contains("its message", StringComparison.Ordinal) ? [2, 1] : [1]);

        foreach (var next in bytes)
        {
            scan.Feed([next]);
        }

        Assert.True(scan.IsMalformed, what);
        Assert.Null(scan.Found);
    }

    [Fact]
    public void Feed_AnyBytes_NeverThrowsNorReadsOn()
    {
        var random = new Random(1);
        var bytes = new byte[64];
        for (var round = 0; round < 20_000; round++)
        {
            random.NextBytes(bytes);
            var whole = new FieldScan([2, 1]);
            var pieces = new FieldScan([2, 1]);

            whole.Feed(bytes);
            foreach (var next in bytes)
            {
                pieces.Feed([next]);
            }

            Assert.Equal((whole.Found, whole.IsMalformed), (pieces.Found, pieces.IsMalformed));
        }
    }
}
