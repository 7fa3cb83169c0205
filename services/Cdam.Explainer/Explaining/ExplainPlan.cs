using Cdam.Attribution.Explanations;
using Cdam.Attribution.Methods;
using Cdam.Explainer.Models;

namespace Cdam.Explainer.Explaining;

/// <summary>A checked request, but for its image, which is decoded once the request has a place in the queue.</summary>
internal sealed record ExplainPlan
{
    /// <summary>A model that serves.</summary>
    public required ServedModel Model { get; init; }

    /// <summary>Decodes and prepares the image; takes milliseconds.</summary>
    public required Func<ImageInput> ReadImage { get; init; }

    /// <summary>None where nothing that is asked for depends on a target.</summary>
    public required IReadOnlyList<Target> Targets { get; init; }

    /// <summary>None where only the prediction is asked for.</summary>
    public required IReadOnlyList<MethodRequest> Methods { get; init; }

    /// <summary>What is returned beside the scores.</summary>
    public required MapWishes Maps { get; init; }

    /// <summary>Tensors that a stream asked for.</summary>
    public required TensorWishes Tensors { get; init; }

    /// <summary>The client's, for its answer and the log.</summary>
    public required string RequestId { get; init; }

    /// <summary>What the device is to do.</summary>
    public ExplainItem Item(ImageInput image) => new()
    {
        Views = image.Inputs,
        Targets = Targets,
        Methods = Methods,
        IncludeHeads = Maps.Heads,
        IncludeTokens = Tensors.Tokens,
        IncludeTokenGradients = Tensors.Gradients,
        IncludeAttention = Tensors.Attention,
    };
}
