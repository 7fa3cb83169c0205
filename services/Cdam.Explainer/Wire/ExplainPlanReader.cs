using Cdam.Attribution.Explanations;
using Cdam.Attribution.Methods;
using Cdam.Explainer.Devices;
using Cdam.Explainer.Explaining;
using Cdam.Explainer.Models;

namespace Cdam.Explainer.Wire;

/// <summary>Checks an explain request and brings it to this host's terms.</summary>
internal sealed class ExplainPlanReader(ImageReader images, TargetReader targets)
{
    /// <exception cref="AttributionException">A field breaks a rule; its path begins at the request.</exception>
    /// <exception cref="UnsupportedTargetException">The model cannot serve a target.</exception>
    public async ValueTask<ExplainPlan> ReadAsync(V1.ExplainRequest request, ServedModel model, TensorWishes tensors, CallLifetime call)
    {
        var methods = MethodReader.Read(request.Methods);
        return Plan(request, model, await targets.ReadAsync(request.Targets, methods, tensors, model, call), methods, tensors);
    }

    /// <summary>The same without methods: only what the model says, and its values for the targets, if there are any.</summary>
    /// <exception cref="AttributionException">A field breaks a rule; its path begins at the request.</exception>
    /// <exception cref="UnsupportedTargetException">The model cannot serve a target.</exception>
    public async ValueTask<ExplainPlan> ReadPredictionAsync(V1.ExplainRequest request, ServedModel model, CallLifetime call)
    {
        var read = request.Targets.Count == 0 ? [] : await targets.ReadAsync(request.Targets, [], TensorWishes.None, model, call);
        return Plan(request, model, read, [], TensorWishes.None);
    }

    private ExplainPlan Plan(
        V1.ExplainRequest request, ServedModel model, IReadOnlyList<Target> read, IReadOnlyList<MethodRequest> methods, TensorWishes tensors)
    {
        TextRules.RequireLength(request.RequestId, TextRules.LongestId, "request_id");
        var image = ImageReader.Require(request.Image);
        return new ExplainPlan
        {
            Model = model,
            ReadImage = () => images.Read(image, model.Engine),
            Targets = read,
            Methods = methods,
            Maps = MapOptionsReader.Read(request.MapOptions, image),
            Tensors = tensors,
            RequestId = request.RequestId,
        };
    }
}
