namespace Cdam.Attribution.Methods;

/// <summary>A parameter that a method has.</summary>
/// <param name="Name">As in the wire contract, for example <c>sample_count</c>.</param>
/// <param name="DefaultValue">As text.</param>
/// <param name="Range">Permitted values, as text.</param>
public sealed record MethodParameter(string Name, string DefaultValue, string Range);
