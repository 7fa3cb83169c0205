using Cdam.V1;

namespace Cdam.Evaluator.Explaining;

/// <summary>What the explainer is asked for before anything is perturbed.</summary>
internal static class ExplainRequests
{
    internal static ExplainStreamRequest Of(EvaluateImageRequest request, bool withOverlays)
    {
        var explain = new ExplainRequest
        {
            Model = request.Model,
            Image = request.Image,
            Methods = { request.Methods },
            MapOptions = new MapOptions { IncludePreparedImage = true, IncludeOverlay = withOverlays },
        };

        // Said, since the explainer's default can be several targets.
        explain.Targets.Add(request.Target ?? new Target { Top = 1 });
        return new ExplainStreamRequest { Id = "image", Request = explain, IncludeTokens = true, IncludeTokenGradients = true };
    }
}
