using Cdam.V1;

namespace Cdam.Evaluator.Explaining;

/// <summary>What the explainer is asked for before anything is perturbed.</summary>
internal static class ExplainRequests
{
    internal static ExplainStreamRequest Of(EvaluateImageRequest request)
    {
        var explain = new ExplainRequest
        {
            Model = request.Model,
            Image = request.Image,
            Methods = { request.Methods },
            MapOptions = new MapOptions { IncludePreparedImage = true },
        };
        if (request.Target is { } target)
        {
            explain.Targets.Add(target);
        }

        return new ExplainStreamRequest { Id = "image", Request = explain, IncludeTokens = true, IncludeTokenGradients = true };
    }
}
