using Cdam.Attribution.Explanations;
using Cdam.Explainer.Devices;

namespace Cdam.Explainer.Explaining;

/// <summary>An answer before it is brought to the wire.</summary>
/// <param name="Plan">What was asked.</param>
/// <param name="Image">The image that was explained.</param>
/// <param name="Explanation">What the model said.</param>
/// <param name="Preprocessing">Time for decoding and preparing.</param>
/// <param name="Timing">Time in the queue and on the device.</param>
internal sealed record Explained(ExplainPlan Plan, ImageInput Image, Explanation Explanation, TimeSpan Preprocessing, BatchTiming Timing);
