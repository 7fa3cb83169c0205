using System.Text.Json.Serialization;
using Cdam.V1;

namespace Cdam.Evaluator.Sources;

/// <summary>A class of an image: an output by position or by name. In JSON a number or a text.</summary>
/// <param name="Index">From 0; null where the name says which.</param>
/// <param name="Output">Null where the position says which.</param>
[JsonConverter(typeof(ImageLabelConverter))]
internal readonly record struct ImageLabel(int? Index, string? Output)
{
    internal static ImageLabel Of(Target target) =>
        target.KindCase == Target.KindOneofCase.Index ? new(target.Index, null) : new(null, target.Output);

    internal Target ToTarget() => Index is { } index ? new Target { Index = index } : new Target { Output = Output };

    public override string ToString() => Index is { } index ? $"{index}" : $"'{Output}'";
}
