using Cdam.Gateway.Retrying;

namespace Cdam.Gateway.Tests.Retrying;

public sealed class ReplayBodyTests
{
    private static readonly byte[] Sent = [.. Enumerable.Range(0, 100).Select(number => (byte)number)];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(100)]
    public async Task Rewind_AfterAnyPart_GivesTheWholeAgain(int readBefore)
    {
        var body = new ReplayBody(new MemoryStream(Sent), limit: 100);
        await body.ReadExactlyAsync(new byte[readBefore], GatewayFixture.Patience);

        Assert.True(body.Rewind());

        using var again = new MemoryStream();
        await body.CopyToAsync(again, 7, GatewayFixture.Patience);
        Assert.Equal(Sent, again.ToArray());
    }

    [Fact]
    public async Task Rewind_AfterMoreThanIsKept_IsRefused()
    {
        var body = new ReplayBody(new MemoryStream(Sent), limit: 99);
        await body.CopyToAsync(Stream.Null, GatewayFixture.Patience);

        Assert.False(body.Rewind());
    }
}
