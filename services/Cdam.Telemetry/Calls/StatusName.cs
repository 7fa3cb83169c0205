using System.Globalization;

namespace Cdam.Telemetry.Calls;

/// <summary>Names of gRPC's status codes.</summary>
public static class StatusName
{
    private static readonly string[] Names =
    [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED",
        "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
    ];

    /// <summary>Codes that are a server's fault, by OpenTelemetry's convention.</summary>
    private static readonly string[] Faults = ["UNKNOWN", "DEADLINE_EXCEEDED", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS"];

    /// <summary>As in <c>google.rpc.Code</c>; UNKNOWN for numbers that it does not have.</summary>
    public static string Of(int code) => code >= 0 && code < Names.Length ? Names[code] : Names[2];

    /// <summary>Whether a call with this status failed by the server's fault.</summary>
    public static bool IsServerFault(string name) => Faults.Contains(name);

    /// <summary>Of a header's or trailer's value.</summary>
    internal static string? Parse(string? status) =>
        int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? Of(code) : null;
}
