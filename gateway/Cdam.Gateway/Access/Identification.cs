using Status = Google.Rpc.Status;

namespace Cdam.Gateway.Access;

/// <summary>A feature of every call: who makes it, or why that is not known.</summary>
internal sealed record Identification
{
    /// <summary>Null where there is a fault.</summary>
    internal Caller? Caller { get; private init; }

    /// <summary>Null where the caller is known.</summary>
    internal Status? Fault { get; private init; }

    internal static Identification Of(Caller caller) => new() { Caller = caller };

    internal static Identification Failed(Status fault) => new() { Fault = fault };
}
