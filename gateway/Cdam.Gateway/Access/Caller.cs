namespace Cdam.Gateway.Access;

/// <summary>Who makes a call.</summary>
/// <param name="Id"><c>key:ID</c>, <c>jwt:SUBJECT</c>, <c>cert:SUBJECT</c> or <c>ip:ADDRESS</c>: whom limits count and the audit log names.</param>
/// <param name="Scopes">What the caller may do.</param>
internal sealed record Caller(string Id, AccessScopes Scopes);
