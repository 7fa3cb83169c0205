namespace Cdam.Attribution.Checkpoints.Pickles;

/// <summary>A class or function that a pickle may mention. It is only a token: what it stands for is done by this reader.</summary>
/// <param name="Name">Module and name, joined by a dot.</param>
/// <param name="Kind">What applying it gives.</param>
/// <param name="Type">The element type of a storage class or a dtype; null for others.</param>
internal sealed record PickleGlobal(string Name, PickleGlobalKind Kind, TensorType? Type = null);
