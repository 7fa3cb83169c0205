using System.Net.Http.Headers;

namespace Cdam.V1.Clients;

/// <summary>Sends a key with every call that has no credential of its own.</summary>
internal sealed class KeyHandler(KeySource key, HttpMessageHandler connections) : DelegatingHandler(connections)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization ??= new AuthenticationHeaderValue("Bearer", key.Current);
        return base.SendAsync(request, cancellationToken);
    }
}
