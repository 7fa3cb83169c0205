namespace Cdam.Gateway.Json;

/// <summary>A part of a path that sets a field of the request.</summary>
/// <param name="Field">The field's path, for example <c>model</c>.</param>
/// <param name="Shape">What may stand there, for example <c>models/*</c>; an asterisk is one segment.</param>
internal sealed record PathVariable(string Field, string Shape);
