using Cdam.Attribution.Explanations;
using Google.Protobuf.Collections;
using Inference;

namespace Cdam.Explainer.Inference;

/// <summary>Parameters of a request or of one of its outputs, by name and with their types checked.</summary>
internal sealed class InferenceParameters
{
    /// <summary>The protocol's own, which mean nothing here and are let through.</summary>
    private static readonly string[] Reserved =
        ["sequence_id", "sequence_start", "sequence_end", "priority", "timeout", "headers", "binary_data_output"];

    private readonly MapField<string, InferParameter> _given;
    private readonly string _field;

    /// <param name="given">As sent.</param>
    /// <param name="field">Where they were, for errors.</param>
    /// <param name="known">Names that mean something there.</param>
    /// <exception cref="AttributionException">One is unknown.</exception>
    public InferenceParameters(MapField<string, InferParameter> given, string field, params string[] known)
    {
        (_given, _field) = (given, field);
        var unknown = given.Keys.Order(StringComparer.Ordinal).FirstOrDefault(name =>
            !known.Contains(name) && !Reserved.Contains(name) && !name.StartsWith("triton_", StringComparison.Ordinal));
        if (unknown is not null)
        {
            throw new AttributionException($"{field}.{unknown}", $"is unknown; parameters here are {string.Join(", ", known)}");
        }
    }

    /// <summary>Those parts of a method that were given; the rest is unset.</summary>
    public V1.MethodSpec Method(string name)
    {
        var method = new V1.MethodSpec { Name = name };
        if (Whole("sample_count", int.MaxValue) is { } count)
        {
            method.SampleCount = (int)count;
        }

        if (Number("noise_level") is { } level)
        {
            method.NoiseLevel = (float)level;
        }

        if (Whole("seed", ulong.MaxValue) is { } seed)
        {
            method.Seed = seed;
        }

        method.TokenSpace = Text("token_space") switch
        {
            null => V1.TokenSpace.Unspecified,
            "BLOCK_INPUT" => V1.TokenSpace.BlockInput,
            "ATTENTION_INPUT" => V1.TokenSpace.AttentionInput,
            var other => throw new AttributionException($"{_field}.token_space", $"is \"{other}\"; must be BLOCK_INPUT or ATTENTION_INPUT"),
        };
        return method;
    }

    /// <summary>A text; null where none was given.</summary>
    public string? Text(string name) => Get(name) switch
    {
        null => null,
        { ParameterChoiceCase: InferParameter.ParameterChoiceOneofCase.StringParam } value => value.StringParam,
        var value => throw Wrong(name, value, "a text (string_param)"),
    };

    private ulong? Whole(string name, ulong most) => Get(name) switch
    {
        null => null,
        { ParameterChoiceCase: InferParameter.ParameterChoiceOneofCase.Uint64Param } value when value.Uint64Param <= most => value.Uint64Param,
        { ParameterChoiceCase: InferParameter.ParameterChoiceOneofCase.Int64Param } value when value.Int64Param >= 0 && (ulong)value.Int64Param <= most => (ulong)value.Int64Param,
        var value => throw Wrong(name, value, $"a whole number (int64_param or uint64_param), 0 to {most}"),
    };

    private double? Number(string name) => Get(name) switch
    {
        null => null,
        { ParameterChoiceCase: InferParameter.ParameterChoiceOneofCase.DoubleParam } value => value.DoubleParam,
        var value => throw Wrong(name, value, "a number (double_param)"),
    };

    private InferParameter? Get(string name) => _given.GetValueOrDefault(name);

    private AttributionException Wrong(string name, InferParameter value, string rule) => new($"{_field}.{name}", $"is {value}; must be {rule}");
}
