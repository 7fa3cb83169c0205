using Cdam.Attribution.Explanations;
using Cdam.Attribution.Preprocessing;

namespace Cdam.Explainer.Explaining;

/// <summary>A request's image, ready for the network.</summary>
/// <param name="Input">What goes into it.</param>
/// <param name="Prepared">The picture it was made of; null for a tensor.</param>
internal sealed record ImageInput(ModelInput Input, PreparedImage? Prepared);
