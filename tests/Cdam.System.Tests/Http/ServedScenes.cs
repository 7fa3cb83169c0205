using Cdam.System.Tests.Serving;

namespace Cdam.System.Tests.Http;

/// <summary><c>cdam serve</c> with the shipped model of scenes, started once.</summary>
public sealed class ServedScenes : IAsyncLifetime
{
    public const string Model = "scenes";

    private ServedProcess? _served;

    public string Grpc => _served!.Gateway;

    public HttpClient Http { get; } = new();

    public async ValueTask InitializeAsync()
    {
        _served = await ServedProcess.Start("--listen", "http://127.0.0.1:0", "--model", Model, "--device", "cpu");
        Http.BaseAddress = new Uri(_served.Http);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_served is not null)
        {
            await _served.DisposeAsync();
        }
    }
}
