using System.Net;
using System.Net.Http.Headers;
using Cdam.Gateway.Tests.Peeking;
using Cdam.V1;
using static Cdam.Gateway.Tests.GatewayFixture;

namespace Cdam.Gateway.Tests.Deadlines;

public sealed class CallDeadlineTests
{
    [Fact]
    public async Task Call_WhoseDestinationDoesNotKeepTheDeadline_IsEndedByTheGateway()
    {
        // The stub's handler waits for ever; with the name of its metadata changed on the way it knows no deadline.
        await using var gateway = await StartAsync("--ReverseProxy:Routes:explainer:Transforms:0:RequestHeaderRemove=grpc-timeout");
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, gateway.App.Urls.First() + "/cdam.v1.ExplainerService/Explain")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(Frames.Of(new ExplainRequest { RequestId = Destinations.StubExplainer.Silent })),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.Add("grpc-timeout", "100m");

        // A plain client has no deadline of its own that could come first.
        using var answer = await client.SendAsync(request, Patience);

        Assert.Equal("4", answer.Headers.GetValues("grpc-status").Single());
        await gateway.Destination.Explainer.Cancelled.WaitAsync(Patience);
    }
}
