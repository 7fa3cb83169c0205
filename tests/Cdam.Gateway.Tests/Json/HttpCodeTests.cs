using Cdam.Gateway.Json;
using Google.Rpc;

namespace Cdam.Gateway.Tests.Json;

public sealed class HttpCodeTests
{
    /// <summary>The comments of google/rpc/code.proto.</summary>
    [Theory]
    [InlineData(200, Code.Ok)]
    [InlineData(400, Code.InvalidArgument, Code.FailedPrecondition, Code.OutOfRange)]
    [InlineData(401, Code.Unauthenticated)]
    [InlineData(403, Code.PermissionDenied)]
    [InlineData(404, Code.NotFound)]
    [InlineData(409, Code.AlreadyExists, Code.Aborted)]
    [InlineData(429, Code.ResourceExhausted)]
    [InlineData(499, Code.Cancelled)]
    [InlineData(500, Code.Unknown, Code.Internal, Code.DataLoss)]
    [InlineData(501, Code.Unimplemented)]
    [InlineData(503, Code.Unavailable)]
    [InlineData(504, Code.DeadlineExceeded)]
    public void Code_OfAStatus_IsThatOfTheMapping(int expected, params Code[] codes) =>
        Assert.All(codes, code => Assert.Equal(expected, HttpCode.Of(code)));
}
