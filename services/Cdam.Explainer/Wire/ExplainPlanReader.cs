using Cdam.Attribution.Explanations;
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
        TextRules.RequireLength(request.RequestId, TextRules.LongestId, "request_id");
        var image = ImageReader.Require(request.Image);
        var methods = MethodReader.Read(request.Methods);
        return new ExplainPlan
        {
            Model = model,
            ReadImage = () => images.Read(image, model.Engine),
            Targets = TargetReader.Read(request.Targets, methods, tensors, model.Engine),
            Methods = methods,
            Maps = MapOptionsReader.Read(request.MapOptions, image),
            Tensors = tensors,
            RequestId = request.RequestId,
        };
    }
}
