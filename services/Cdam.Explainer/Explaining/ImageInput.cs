using Cdam.Attribution.Explanations;

namespace Cdam.Explainer.Explaining;

/// <summary>A request's image, ready for the network.</summary>
/// <param name="Views">One for a picture or a tensor; the axial, coronal and sagittal one of a volume. All of one size.</param>
internal sealed record ImageInput(IReadOnlyList<ViewInput> Views)
{
    /// <summary>A picture or a tensor.</summary>
    public ImageInput(ViewInput view)
        : this([view])
    {
    }

    /// <summary>What goes into the network.</summary>
    public IReadOnlyList<ModelInput> Inputs => [.. Views.Select(view => view.Input)];
}
