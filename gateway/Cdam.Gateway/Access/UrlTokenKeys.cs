using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Cdam.Gateway.Access;

/// <summary>Keys from the issuer's address. While it cannot be read, the keys of before are used.</summary>
internal sealed partial class UrlTokenKeys(IOptions<AccessOptions> options, TimeProvider clock, ILogger<UrlTokenKeys> logger)
    : BackgroundService, ITokenKeys
{
    private const int MostBytes = 1 << 20;

    // However many tokens name keys that do not exist, the issuer is asked no oftener.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = MostBytes,
    };

    private readonly SemaphoreSlim _gate = new(1);
    private long? _lastWish;
    private volatile IReadOnlyList<SecurityKey>? _current;

    public IReadOnlyList<SecurityKey>? Current => _current;

    private Uri Address => options.Value.Jwt.JwksAddress!;

    public async Task RefreshAsync(CancellationToken cancellation)
    {
        // Whoever waited here finds what the one before has read.
        await _gate.WaitAsync(cancellation);
        try
        {
            if (_lastWish is not { } last || clock.GetElapsedTime(last) >= Pause)
            {
                _lastWish = clock.GetTimestamp();
                await ReadAsync(cancellation);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _client.Dispose();
        _gate.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await ReadAsync(stoppingToken);
            await Task.Delay(options.Value.Jwt.Refresh, clock, stoppingToken);
        }
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        try
        {
            var json = await _client.GetByteArrayAsync(Address, cancellation);
            _current = TokenKeySet.Read(json, rule => new InvalidDataException($"the answer {rule}"));
        }
        catch (Exception fault) when (fault is HttpRequestException or InvalidDataException
            || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            LogFault(Address, fault.Message);
        }
    }

    [LoggerMessage(LogLevel.Error, "the keys for tokens could not be read from {Address}; those of before stay in use: {Fault}")]
    private partial void LogFault(Uri address, string fault);
}
