using Cdam.Attribution.Backbones;

namespace Cdam.Attribution.Recognition;

/// <summary>A Vision Transformer that a checkpoint holds.</summary>
/// <param name="Prefix">What stands before its tensors' names; may be empty.</param>
/// <param name="Naming">How they are named.</param>
/// <param name="Summary">Its sizes, as far as shapes tell: width, blocks, patch, grid of the positional embedding.</param>
/// <param name="Fitting">The known architectures that need exactly tensors of these names and shapes; may be none or several.</param>
public sealed record RecognisedBackbone(string Prefix, BackboneNaming Naming, string Summary, IReadOnlyList<string> Fitting);
