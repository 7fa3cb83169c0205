using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Status = Google.Rpc.Status;

namespace Cdam.V1.Errors;

/// <summary>
/// The <see cref="Status"/> of each kind of failure that the services report: the code, an <see cref="ErrorInfo"/> with a
/// stable reason (AIP-193), and the detail that the code calls for. Unary calls throw it by <c>ToRpcException()</c>; streams
/// put it into the item concerned.
/// </summary>
public static class WireStatus
{
    /// <summary>The <see cref="ErrorInfo.Domain"/> of every error of these services.</summary>
    public const string Domain = "cdam";

    /// <summary>A field of the request breaks a rule.</summary>
    /// <param name="field">Path of the field from the request's root, for example <c>targets[0].output</c>.</param>
    /// <param name="description">The value found and the rule.</param>
    /// <param name="reason">Stable, UPPER_SNAKE_CASE, at most 63 characters.</param>
    public static Status InvalidArgument(string field, string description, string reason = "INVALID_FIELD")
    {
        var violation = new BadRequest.Types.FieldViolation { Field = field, Description = description, Reason = reason };
        return Build(Code.InvalidArgument, $"{field}: {description}", reason, [("field", field)],
            new BadRequest { FieldViolations = { violation } });
    }

    /// <summary>Several fields of the request break rules.</summary>
    /// <param name="message">What they have in common.</param>
    /// <param name="faults">As for a single one; at least one.</param>
    /// <param name="reason">Stable, UPPER_SNAKE_CASE, at most 63 characters.</param>
    public static Status InvalidArgument(string message, IReadOnlyList<(string Field, string Description)> faults, string reason = "INVALID_FIELDS")
    {
        var violations = faults.Select(fault => new BadRequest.Types.FieldViolation { Field = fault.Field, Description = fault.Description, Reason = reason });
        return Build(Code.InvalidArgument, message, reason, [("field", faults[0].Field)], new BadRequest { FieldViolations = { violations } });
    }

    /// <summary>The thing named does not exist.</summary>
    /// <param name="resourceType">For example <c>model</c>.</param>
    /// <param name="resourceName">The name that was asked for.</param>
    /// <param name="message">What is there instead, for a person.</param>
    public static Status NotFound(string resourceType, string resourceName, string message) =>
        Build(Code.NotFound, message, $"{resourceType.ToUpperInvariant()}_NOT_FOUND", [("name", resourceName)],
            new ResourceInfo { ResourceType = resourceType, ResourceName = resourceName, Description = message });

    /// <summary>The name is taken by something else than what was asked for.</summary>
    public static Status AlreadyExists(string resourceType, string resourceName, string message) =>
        Build(Code.AlreadyExists, message, $"{resourceType.ToUpperInvariant()}_EXISTS", [("name", resourceName)],
            new ResourceInfo { ResourceType = resourceType, ResourceName = resourceName, Description = message });

    /// <summary>The request is well-formed, but this model or server cannot serve it.</summary>
    public static Status FailedPrecondition(string subject, string description, string reason)
    {
        var violation = new PreconditionFailure.Types.Violation { Type = reason, Subject = subject, Description = description };
        return Build(Code.FailedPrecondition, description, reason, [("subject", subject)],
            new PreconditionFailure { Violations = { violation } });
    }

    /// <summary>A limit is reached; the same call may succeed after <paramref name="retryAfter"/>.</summary>
    /// <param name="subject">The limit's name, for example <c>Explainer:QueueCapacity</c>.</param>
    /// <param name="description">The value found and the limit.</param>
    /// <param name="retryAfter">Null where trying again cannot help.</param>
    /// <param name="reason">Stable, UPPER_SNAKE_CASE.</param>
    public static Status ResourceExhausted(string subject, string description, TimeSpan? retryAfter, string reason)
    {
        var violation = new QuotaFailure.Types.Violation { Subject = subject, Description = description };
        var failure = new QuotaFailure { Violations = { violation } };
        return retryAfter is { } delay
            ? Build(Code.ResourceExhausted, description, reason, [("limit", subject)], failure, Retry(delay))
            : Build(Code.ResourceExhausted, description, reason, [("limit", subject)], failure);
    }

    /// <summary>The call does not say who makes it, or not in a way that can be believed.</summary>
    /// <param name="message">What is missing or wrong; never holds a key or a token.</param>
    /// <param name="reason">Stable, UPPER_SNAKE_CASE.</param>
    public static Status Unauthenticated(string message, string reason) => Build(Code.Unauthenticated, message, reason, []);

    /// <summary>The caller is known, but may not do this.</summary>
    /// <param name="scope">The scope that is missing.</param>
    /// <param name="message">What was called, and what the caller may do.</param>
    public static Status PermissionDenied(string scope, string message) =>
        Build(Code.PermissionDenied, message, "SCOPE_MISSING", [("scope", scope)]);

    /// <summary>The server cannot serve this now, for example while it starts or drains.</summary>
    public static Status Unavailable(string message, TimeSpan retryAfter, string reason) =>
        Build(Code.Unavailable, message, reason, [], Retry(retryAfter));

    /// <summary>The call's deadline passed before its work was done.</summary>
    public static Status DeadlineExceeded(string message) => Build(Code.DeadlineExceeded, message, "DEADLINE_EXCEEDED", []);

    /// <summary>The client gave up.</summary>
    public static Status Cancelled(string message) => Build(Code.Cancelled, message, "CANCELLED", []);

    /// <summary>A fault of the server. The message never holds a stack trace; the log does.</summary>
    public static Status Internal(string message, string reason = "INTERNAL") => Build(Code.Internal, message, reason, []);

    private static RetryInfo Retry(TimeSpan delay) => new() { RetryDelay = Duration.FromTimeSpan(delay) };

    private static Status Build(Code code, string message, string reason, (string Key, string Value)[] metadata, params IMessage[] details)
    {
        var info = new ErrorInfo { Domain = Domain, Reason = reason };
        foreach (var (key, value) in metadata)
        {
            info.Metadata[key] = value;
        }

        var status = new Status { Code = (int)code, Message = message, Details = { Any.Pack(info) } };
        status.Details.AddRange(details.Select(Any.Pack));
        return status;
    }
}
