using Cdam.Explainer.Explaining;
using Inference;

namespace Cdam.Explainer.Inference;

/// <summary>A checked request of the Open Inference Protocol.</summary>
/// <param name="Request">As sent.</param>
/// <param name="Images">One plan for each image of the batch; they differ in the image alone.</param>
/// <param name="Outputs">Names of the outputs to write, in order.</param>
internal sealed record InferencePlan(ModelInferRequest Request, IReadOnlyList<ExplainPlan> Images, IReadOnlyList<string> Outputs);
