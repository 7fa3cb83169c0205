using Cdam.Attribution.Methods;

namespace Cdam.Explainer.Wire;

/// <summary>Writes facts about methods.</summary>
internal static class MethodWriter
{
    public static V1.Method Write(MethodDescription method) => new()
    {
        Name = method.Name,
        Aliases = { method.Aliases },
        DisplayName = method.DisplayName,
        Description = method.Summary,
        Reference = method.Reference,
        DefinitionVersion = method.DefinitionVersion,
        Signed = method.Signed,
        ClassDiscriminative = method.ClassDiscriminative,
        Seeded = method.Seeded,
        Granularity = Write(method.Granularity),
        Parameters =
        {
            method.Parameters.Select(parameter => new V1.MethodParameter
            {
                Name = parameter.Name,
                DefaultValue = parameter.DefaultValue,
                Range = parameter.Range,
            }),
        },
    };

    public static V1.MapGranularity Write(MapGranularity granularity) =>
        granularity == MapGranularity.Token ? V1.MapGranularity.Token : V1.MapGranularity.Pixel;
}
