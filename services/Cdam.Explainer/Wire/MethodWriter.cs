using Cdam.Attribution.Methods;
using Cdam.Attribution.Rendering;

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
        Departures = method.Departures,
        Cost = method.Cost,
        Upsampling = WriteUpsampling(method),
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

    /// <summary>Pixels are not brought to another size.</summary>
    public static V1.MapUpsampling WriteUpsampling(MethodDescription method) => (method.Granularity, method.Upsampling) switch
    {
        (MapGranularity.Pixel, _) => V1.MapUpsampling.Unspecified,
        (_, Upsampling.Bilinear) => V1.MapUpsampling.Bilinear,
        _ => V1.MapUpsampling.Repeat,
    };
}
