using Cdam.Gateway.Messages;
using Cdam.Gateway.Tests.Peeking;

namespace Cdam.Gateway.Tests.Messages;

public sealed class MessageSizesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(1000)]
    public void Feed_MessagesUpToTheLimit_PassUntilOneIsLarger(int pieceLength)
    {
        var sizes = new MessageSizes(limit: 100);
        byte[] permitted = [.. Frames.Of([]), .. Frames.Of(new byte[100]), .. Frames.Of(new byte[7], flag: 1), .. Frames.Of([])];

        Feed(sizes, permitted, pieceLength);
        Assert.Null(sizes.Excess);

        Feed(sizes, Frames.Of(new byte[101]), pieceLength);
        Assert.Equal(101, sizes.Excess);
    }

    private static void Feed(MessageSizes sizes, byte[] bytes, int pieceLength)
    {
        foreach (var piece in bytes.Chunk(pieceLength))
        {
            sizes.Feed(piece);
        }
    }
}
