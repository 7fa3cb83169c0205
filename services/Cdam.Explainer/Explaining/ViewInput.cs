using Cdam.Attribution.Explanations;
using Cdam.Attribution.Preprocessing;
using Cdam.Attribution.Volumes;

namespace Cdam.Explainer.Explaining;

/// <summary>One of the pictures that a request's image is looked at in.</summary>
/// <param name="View">Its direction in a volume; null for a picture or a tensor.</param>
/// <param name="Input">What goes into the network.</param>
/// <param name="Prepared">The picture it was made of; null for a tensor.</param>
internal sealed record ViewInput(SliceView? View, ModelInput Input, PreparedImage? Prepared);
