namespace Cdam.Gateway.Catalogue;

/// <summary>Sends the gateway's own calls over the connections that the forwarded ones use, with their TLS and their limits.</summary>
internal sealed class InvokerHandler(HttpMessageInvoker invoker) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        invoker.SendAsync(request, cancellationToken);
}
