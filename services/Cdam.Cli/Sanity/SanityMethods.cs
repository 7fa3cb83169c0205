using Cdam.Attribution.Methods;

namespace Cdam.Cli.Sanity;

/// <summary>The methods that a command line names, each with its default parameters.</summary>
internal static class SanityMethods
{
    /// <summary>What stands for every method there is.</summary>
    public const string All = "all";

    /// <exception cref="Cdam.Attribution.Explanations.AttributionException">A name is unknown; the message lists those that there are.</exception>
    /// <exception cref="ArgumentException">There is no name.</exception>
    public static IReadOnlyList<MethodDescription> Parse(string list)
    {
        if (list == All)
        {
            return MethodCatalog.All;
        }

        var names = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.Length > 0
            ? [.. names.Select(MethodCatalog.Describe).Distinct()]
            : throw new ArgumentException($"--method is \"{list}\"; must be all, or names separated by commas");
    }
}
