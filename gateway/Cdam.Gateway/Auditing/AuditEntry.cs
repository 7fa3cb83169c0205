namespace Cdam.Gateway.Auditing;

/// <summary>A line of the audit log. It never holds anything of a message, a header's value or a query.</summary>
internal sealed record AuditEntry
{
    /// <summary>When the call began.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Who made it; of a call that proved nothing the address.</summary>
    public required string Client { get; init; }

    /// <summary>What it needed: a scope, <c>any</c> or <c>open</c>.</summary>
    public required string Scope { get; init; }

    /// <summary>The gRPC method, <c>/package.Service/Method</c>, or else HTTP's method and path.</summary>
    public required string Rpc { get; init; }

    /// <summary><c>models/{id}</c> as the call names it; null where it names none.</summary>
    public string? Model { get; init; }

    /// <summary>gRPC's name of the status, such as <c>PERMISSION_DENIED</c>; of other calls HTTP's code.</summary>
    public required string Status { get; init; }

    /// <summary>Bytes of the request's body that were read, where they were counted or stated.</summary>
    public long? RequestBytes { get; init; }

    /// <summary>Bytes of the answer's body.</summary>
    public required long ResponseBytes { get; init; }

    /// <summary>From the first header to the last byte.</summary>
    public required double DurationMs { get; init; }

    /// <summary>The trace that the call belongs to; null where it belongs to none.</summary>
    public string? TraceId { get; init; }
}
