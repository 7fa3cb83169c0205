using Cdam.Gateway.Deadlines;

namespace Cdam.Gateway.Tests.Deadlines;

public sealed class CallTimeoutTests
{
    [Theory]
    [InlineData("2H", 7200_000)]
    [InlineData("3M", 180_000)]
    [InlineData("5S", 5_000)]
    [InlineData("99999999m", 99_999_999)]
    [InlineData("2000u", 2)]
    [InlineData("3000000n", 3)]
    [InlineData("0S", 0)]
    public void Read_EachUnit_IsItsTime(string header, double milliseconds) =>
        Assert.Equal(milliseconds, CallTimeout.Read(header)?.TotalMilliseconds);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("5")]
    [InlineData("5s")]
    [InlineData("-5S")]
    [InlineData("123456789S")]
    [InlineData("99999999H")]
    public void Read_NoTimeOrOneTooLong_IsNone(string? header) => Assert.Null(CallTimeout.Read(header));
}
