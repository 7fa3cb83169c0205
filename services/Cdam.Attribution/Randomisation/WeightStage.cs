using Cdam.Attribution.Models;

namespace Cdam.Attribution.Randomisation;

/// <summary>Weights that are re-drawn together.</summary>
/// <param name="Name">For people: <c>head</c>, <c>norm + block 11</c>, <c>block 10</c>, … <c>block 0</c>, <c>embedding</c>.</param>
/// <param name="Tensors">Their names, each within its part.</param>
public sealed record WeightStage(string Name, IReadOnlySet<(ModelPart Part, string Name)> Tensors);
