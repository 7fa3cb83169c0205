using System.Collections.Frozen;
using Cdam.V1;

namespace Cdam.Gateway.Catalogue;

/// <summary>What one destination said of itself when it was last asked.</summary>
/// <param name="Pool">The cluster's name.</param>
/// <param name="Destination">The destination's name within the cluster.</param>
/// <param name="IsReached">False where it did not answer; its models are then those of before.</param>
/// <param name="IsServing">False where it says so of itself and of every model.</param>
/// <param name="Models">By name; of an evaluator none.</param>
/// <param name="Ready">Names of the models that it serves now.</param>
/// <param name="Methods">In its order.</param>
internal sealed record DestinationReport(
    string Pool,
    string Destination,
    bool IsReached,
    bool IsServing,
    IReadOnlyList<Model> Models,
    FrozenSet<string> Ready,
    IReadOnlyList<Method> Methods)
{
    /// <summary>Of a destination that was never reached.</summary>
    internal static DestinationReport Unreached(string pool, string destination) => new(pool, destination, false, true, [], [], []);
}
