using Cdam.Attribution.Models;

namespace Cdam.Attribution.Recognition;

/// <summary>A head that a checkpoint holds and that fits a latent.</summary>
/// <param name="Prefix">What stands before its tensors' names.</param>
/// <param name="Kind">Its layers.</param>
/// <param name="Outputs">Its logits.</param>
public sealed record RecognisedHead(string Prefix, HeadKind Kind, long Outputs);
