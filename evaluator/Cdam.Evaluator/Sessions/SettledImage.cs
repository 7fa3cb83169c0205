using Cdam.Evaluator.Store;

namespace Cdam.Evaluator.Sessions;

/// <summary>An image that was measured or that failed.</summary>
/// <param name="Image">Its place, name, target or error.</param>
/// <param name="Methods">In the order of the settings; empty where it failed.</param>
internal sealed record SettledImage(ImageRow Image, IReadOnlyList<MeasuredMethod> Methods)
{
    /// <summary>Maps in the order of the methods, of an image that reports show; empty of the others.</summary>
    internal IReadOnlyList<ExampleMap> Examples { get; init; } = [];
}
