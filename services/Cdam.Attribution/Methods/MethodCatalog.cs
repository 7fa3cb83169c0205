using Cdam.Attribution.Explanations;

namespace Cdam.Attribution.Methods;

/// <summary>The estimators that there are.</summary>
public static class MethodCatalog
{
    private static readonly IAttributionMethod[] Methods =
    [
        new CdamMethod(),
        new SmoothCdamMethod(),
        new IntegratedCdamMethod(),
        new AttentionMethod(),
        new RelevancePropagationMethod(),
        new PartialLrpMethod(),
        new GradCamMethod(),
        new TokenAblationMethod(),
        new InputXGradientMethod(),
        new IntegratedGradientsMethod(),
        new SmoothGradMethod(),
    ];

    private static readonly Dictionary<string, IAttributionMethod> ByName = Methods
        .SelectMany(method => method.Description.Aliases.Append(method.Description.Name), (method, name) => (name, method))
        .ToDictionary(entry => entry.name, entry => entry.method, StringComparer.OrdinalIgnoreCase);

    /// <summary>Facts about each, the main one first.</summary>
    public static IReadOnlyList<MethodDescription> All { get; } = [.. Methods.Select(method => method.Description)];

    /// <summary>Finds the method, checks the parameters and fills in the defaults.</summary>
    /// <exception cref="AttributionException">Unknown method, a parameter that it does not have, or a value out of range.</exception>
    public static MethodRequest Complete(MethodRequest request)
    {
        var method = Find(request.Name);
        var defaults = method.Defaults;
        RequireKnown(method.Description, request);
        RequireRanges(request);
        var space = request.Space ?? defaults.Space;
        if (request.Noise is not null)
        {
            RequireAlone(request);
            return defaults with { SampleCount = null, NoiseLevel = null, Seed = null, Space = space, Noise = request.Noise };
        }

        var completed = defaults with
        {
            SampleCount = request.SampleCount ?? defaults.SampleCount,
            NoiseLevel = request.NoiseLevel ?? defaults.NoiseLevel,
            Seed = request.Seed ?? defaults.Seed,
            Space = space,
        };
        return method is IntegratedCdamMethod && completed is { Space: TokenSpace.BlockInput, SampleCount: < 2 }
            ? throw new AttributionException("sample_count", "is 1; integrated-cdam on BLOCK_INPUT takes steps 1 to n − 1, so it must be at least 2")
            : completed;
    }

    /// <summary>Facts about the method of a name or alias; case does not matter.</summary>
    /// <exception cref="AttributionException">There is none; the message lists those that there are.</exception>
    public static MethodDescription Describe(string name) => Find(name).Description;

    internal static IAttributionMethod Find(string name) => ByName.TryGetValue(name, out var method)
        ? method
        : throw new AttributionException("name", $"is \"{name}\"; known methods are {string.Join(", ", All.Select(known => known.Name))}");

    private static void RequireKnown(MethodDescription method, MethodRequest request)
    {
        (string Name, bool Given)[] given =
        [
            ("sample_count", request.SampleCount is not null),
            ("noise_level", request.NoiseLevel is not null),
            ("token_space", request.Space is not null),
            ("seed", request.Seed is not null),
            ("noise", request.Noise is not null),
        ];
        foreach (var (name, _) in given.Where(parameter => parameter.Given && method.Parameters.All(known => known.Name != parameter.Name)))
        {
            var has = method.Parameters.Count == 0 ? "none" : string.Join(", ", method.Parameters.Select(known => known.Name));
            throw new AttributionException(name, $"is not a parameter of {method.Name}; its parameters: {has}");
        }
    }

    private static void RequireRanges(MethodRequest request)
    {
        if (request.SampleCount is < 1 or > 1000)
        {
            throw new AttributionException("sample_count", $"is {request.SampleCount}; must be 1 to 1000");
        }

        if (request.NoiseLevel is { } level && !(level > 0 && level <= 1))
        {
            throw new AttributionException("noise_level", $"is {level}; must be above 0 and at most 1");
        }
    }

    private static void RequireAlone(MethodRequest request)
    {
        if (request.SampleCount is not null || request.NoiseLevel is not null || request.Seed is not null)
        {
            throw new AttributionException("noise", "is given beside sample_count, noise_level or seed; it replaces them");
        }

        var bad = Array.FindIndex(request.Noise!, value => !float.IsFinite(value));
        if (bad >= 0)
        {
            throw new AttributionException("noise", $"value {bad} is {request.Noise![bad]}; values must be finite");
        }
    }
}
