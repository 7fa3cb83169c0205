using Cdam.Attribution.Explanations;
using Cdam.Explainer.Models;

namespace Cdam.Explainer.Devices;

/// <summary>What work must share to run as one batch.</summary>
internal sealed record BatchKey(ServedModel Model, string Kind, int Height, int Width)
{
    public static BatchKey Explain(ServedModel model, ModelInput input) => new(model, "explain", input.Height, input.Width);

    public static BatchKey Predict(ServedModel model, ModelInput input) => new(model, "predict", input.Height, input.Width);
}
