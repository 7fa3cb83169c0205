using static TorchSharp.torch;

namespace Cdam.Attribution.Methods;

/// <summary>What a method gives for one image.</summary>
/// <param name="Scores">C × patches (or pixels), or 1 × patches for a method that does not depend on the target.</param>
/// <param name="Heads">The same split by head, C × H × patches, if asked for and defined.</param>
/// <param name="CompletenessGaps">For each target, where the method satisfies completeness.</param>
internal sealed record MapTensors(Tensor Scores, Tensor? Heads = null, float[]? CompletenessGaps = null);
