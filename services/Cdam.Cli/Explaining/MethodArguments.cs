using Cdam.Attribution.Methods;
using Cdam.V1;
using TokenSpace = Cdam.V1.TokenSpace;

namespace Cdam.Cli.Explaining;

/// <summary>The parameters that a command line gives; each method is sent those that it has.</summary>
internal sealed record MethodArguments(int? Samples, float? NoiseLevel, TokenSpace? Space, ulong? Seed)
{
    /// <summary>The methods of a comma-separated list. A name unknown here is left to the server, which may know more.</summary>
    public IEnumerable<MethodSpec> For(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Spec);

    private MethodSpec Spec(string name)
    {
        var known = MethodCatalog.All.FirstOrDefault(method => method.Name == name || method.Aliases.Contains(name));
        var spec = new MethodSpec { Name = name };
        if (Samples is { } samples && Has(known, "sample_count"))
        {
            spec.SampleCount = samples;
        }

        if (NoiseLevel is { } level && Has(known, "noise_level"))
        {
            spec.NoiseLevel = level;
        }

        if (Space is { } space && Has(known, "token_space"))
        {
            spec.TokenSpace = space;
        }

        if (Seed is { } seed && Has(known, "seed"))
        {
            spec.Seed = seed;
        }

        return spec;
    }

    private static bool Has(MethodDescription? method, string parameter) =>
        method is null || method.Parameters.Any(known => known.Name == parameter);
}
