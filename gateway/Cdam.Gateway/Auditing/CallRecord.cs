using Cdam.Gateway.Access;

namespace Cdam.Gateway.Auditing;

/// <summary>A feature of an audited call: what is seen of it on its way.</summary>
internal sealed class CallRecord
{
    private long _requestBytes;
    private volatile string? _model;

    /// <summary>The method that was called in the end, whatever the request looked like; null where it came to none.</summary>
    internal string? Method { get; private set; }

    /// <summary>What that needed; null where it came to no call.</summary>
    internal CallRule? Rule { get; private set; }

    /// <summary>Of a forwarded call's messages, so far.</summary>
    internal long RequestBytes => Volatile.Read(ref _requestBytes);

    /// <summary><c>models/{id}</c>, once the first message has named it.</summary>
    internal string? Model
    {
        get => _model;
        set => _model = value;
    }

    internal void Known(string? method, CallRule rule) => (Method, Rule) = (method, rule);

    internal void Read(int bytes) => Interlocked.Add(ref _requestBytes, bytes);
}
