using Cdam.Gateway.Access;
using Cdam.V1;
using Grpc.Core;

namespace Cdam.Gateway.Tests.Access;

/// <summary>A gateway that asks for API keys, with one destination.</summary>
internal sealed class KeyGateway : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;

    private KeyGateway(TemporaryFolder folder, GatewayFixture gateway) => (_folder, Gateway) = (folder, gateway);

    public GatewayFixture Gateway { get; }

    /// <param name="lines">Of the file of keys.</param>
    /// <param name="args">Further settings.</param>
    public static async Task<KeyGateway> StartAsync(IEnumerable<string> lines, params string[] args)
    {
        var folder = new TemporaryFolder();
        var file = folder.Write("keys", string.Join('\n', lines));
        return new KeyGateway(folder, await GatewayFixture.StartAsync([$"--Gateway:Access:KeyFile={file}", "--Gateway:FileRefresh=00:00:00.1", .. args]));
    }

    public static IssuedKey Key(string id, string scopes, DateTimeOffset? expires = null) => IssuedKey.Create(id, scopes.Split(','), expires);

    /// <summary>What a client with a key sends.</summary>
    public static Metadata With(string key) => new() { { "authorization", $"Bearer {key}" } };

    public void Rewrite(params string[] lines) => _folder.Write("keys", string.Join('\n', lines));

    /// <summary>The status of a call that needs the scope explain.</summary>
    public async Task<StatusCode> ExplainAsync(Metadata headers)
    {
        try
        {
            await Gateway.Client.ExplainAsync(new ExplainRequest(), headers, cancellationToken: GatewayFixture.Patience);
            return StatusCode.OK;
        }
        catch (RpcException fault)
        {
            return fault.StatusCode;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        _folder.Dispose();
    }
}
