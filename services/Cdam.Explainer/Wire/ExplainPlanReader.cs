using Cdam.Attribution.Explanations;
using Cdam.Attribution.Methods;
using Cdam.Explainer.Explaining;
using Cdam.Explainer.Models;

namespace Cdam.Explainer.Wire;

/// <summary>Checks an explain request and brings it to this host's terms.</summary>
internal sealed class ExplainPlanReader(ImageReader images)
{
    /// <exception cref="AttributionException">A field breaks a rule; its path begins at the request.</exception>
    /// <exception cref="UnsupportedTargetException">The model cannot serve a target.</exception>
    public ExplainPlan Read(V1.ExplainRequest request, ServedModel model, TensorWishes tensors)
    {
        var methods = MethodReader.Read(request.Methods);
        return Plan(request, model, TargetReader.Read(request.Targets, methods, tensors, model.Engine), methods, tensors);
    }

    /// <summary>The same without methods: only what the model says, and its values for the targets, if there are any.</summary>
    /// <exception cref="AttributionException">A field breaks a rule; its path begins at the request.</exception>
    /// <exception cref="UnsupportedTargetException">The model cannot serve a target.</exception>
    public ExplainPlan ReadPrediction(V1.ExplainRequest request, ServedModel model)
    {
        var targets = request.Targets.Count == 0 ? [] : TargetReader.Read(request.Targets, [], TensorWishes.None, model.Engine);
        return Plan(request, model, targets, [], TensorWishes.None);
    }

    private ExplainPlan Plan(
        V1.ExplainRequest request, ServedModel model, IReadOnlyList<Target> targets, IReadOnlyList<MethodRequest> methods, TensorWishes tensors)
    {
        TextRules.RequireLength(request.RequestId, TextRules.LongestId, "request_id");
        var image = ImageReader.Require(request.Image);
        return new ExplainPlan
        {
            Model = model,
            ReadImage = () => images.Read(image, model.Engine),
            Targets = targets,
            Methods = methods,
            Maps = MapOptionsReader.Read(request.MapOptions, image),
            Tensors = tensors,
            RequestId = request.RequestId,
        };
    }
}
