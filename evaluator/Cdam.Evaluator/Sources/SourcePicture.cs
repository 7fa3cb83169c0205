using Cdam.Scoring.Localization;
using Cdam.V1;

namespace Cdam.Evaluator.Sources;

/// <summary>An image that was read, for one measurement.</summary>
/// <param name="Image">As explainers take it.</param>
/// <param name="Labels">Its classes.</param>
/// <param name="Mask">Where the object of the first label is in the original; null where no metric needs it.</param>
internal sealed record SourcePicture(Image Image, IReadOnlyList<ImageLabel> Labels, BinaryMask? Mask);
