namespace Cdam.Gateway.Tls;

/// <summary>Whether callers have certificates.</summary>
internal enum ClientCertificates
{
    /// <summary>None is asked for.</summary>
    None,

    /// <summary>One that is shown must be right; none need be shown.</summary>
    Optional,

    /// <summary>A connection without one is refused.</summary>
    Required,
}
